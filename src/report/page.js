(function () {
  "use strict";
  var list = document.getElementById("list");
  var tools = document.getElementById("tools");
  if (!list || !tools) { return; }
  var all = Array.prototype.slice.call(list.children);
  /* of an article: verdict, day, left, right, sentences */
  var key = all.map(function (a, i) {
    var k = a.dataset.k.split(" ").map(Number);
    return { a: a, i: i, v: k[0], day: k[1], left: k[2], right: k[3], n: k[4], s: a.dataset.s || "", text: null };
  });
  function by(id) { return document.getElementById(id); }
  function titleOf(k) { return k.a.querySelector(".t").textContent; }
  /* A large page keeps its texts in noscript: see report_html.c. All text in it is escaped. */
  function unpack(a) {
    var x = a.querySelector(".x");
    var packed = x.firstElementChild;
    if (packed && packed.localName === "noscript") { x.innerHTML = packed.textContent; }
  }
  var sign = { amp: "&", lt: "<", gt: ">", quot: "\"", "#39": "'" };
  function textOf(k) {
    if (k.text === null) {
      var x = k.a.querySelector(".x");
      var packed = x.firstElementChild;
      var text = x.textContent;
      if (packed && packed.localName === "noscript") {
        text = text.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, function (all, name) { return sign[name]; });
      }
      k.text = (titleOf(k) + " " + k.s + " " + text).toLowerCase();
    }
    return k.text;
  }
  function filter() {
    var word = by("f-text").value.trim().toLowerCase();
    var verdict = by("f-verdict").value;
    var source = by("f-source") ? by("f-source").value : "";
    var n = 0;
    key.forEach(function (k) {
      var on = (verdict === "" || k.v === Number(verdict)) && (source === "" || k.s === source) &&
        (word === "" || textOf(k).indexOf(word) >= 0);
      if (k.a.hidden === on) { k.a.hidden = !on; }
      n += on ? 1 : 0;
    });
    by("shown").textContent = n === key.length ? "" : n + " of " + key.length + " articles shown";
  }
  var orders = {
    input: function (a, b) { return a.i - b.i; },
    right: function (a, b) { return b.right - a.right || a.i - b.i; },
    left: function (a, b) { return b.left - a.left || a.i - b.i; },
    date: function (a, b) { return b.day - a.day || a.i - b.i; },
    length: function (a, b) { return b.n - a.n || a.i - b.i; },
    title: function (a, b) { return a.t < b.t ? -1 : a.t > b.t ? 1 : a.i - b.i; }
  };
  function sort() {
    var how = by("f-sort").value;
    var piece = document.createDocumentFragment();
    if (how === "title") { key.forEach(function (k) { k.t = titleOf(k).toLowerCase(); }); }
    key.slice().sort(orders[how]).forEach(function (k) { piece.appendChild(k.a); });
    list.appendChild(piece);
  }
  var wait = 0;
  by("f-text").addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(filter, 120); });
  by("f-verdict").addEventListener("change", filter);
  if (by("f-source")) { by("f-source").addEventListener("change", filter); }
  by("f-sort").addEventListener("change", sort);
  by("f-open").addEventListener("click", function () {
    var shown = key.filter(function (k) { return !k.a.hidden; });
    var open = shown.some(function (k) { return !k.a.open; });
    shown.forEach(function (k) { k.a.open = open; });
  });
  function reveal() {
    var name = /^#(a\d+)(s\d+)?$/.exec(location.hash);
    var a = name && by(name[1]);
    if (!a) { return; }
    unpack(a);
    a.hidden = false;
    a.open = true;
    (by(location.hash.slice(1)) || a).scrollIntoView();
  }
  list.addEventListener("toggle", function (e) {
    if (e.target.open && e.target.className === "a") { unpack(e.target); }
  }, true);
  window.addEventListener("hashchange", reveal);
  tools.hidden = false;
  reveal();
})();
