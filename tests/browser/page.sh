#!/bin/sh
# slant report --format html in Chromium: no console errors, filter and sort, narrow and dark, and
# nothing that an article holds can run.
# shellcheck disable=SC2016 # the scripts are the browser's
. tests/browser/lib.sh
tiny_model
model=$T/tiny.slant

"$SLANT" report -m "$model" -f html --target Norvane -o "$T/page.html" training/samples/*.txt \
    training/samples/articles.jsonl
browser_start
emulate 1200 light screen
visit "$T/page.html"
js_is "the articles are there" 14 'return document.querySelectorAll(".a").length'
js_is "filter and sort appear" true 'return !document.getElementById("tools").hidden'
js_is "headings and table headers" true 'return document.querySelectorAll("h1").length === 1 &&
    document.querySelectorAll("h2").length >= 5 &&
    Array.from(document.querySelectorAll("table")).every(t => t.caption && t.querySelector("thead th[scope=col]"))'
js_is "pictures have text alternatives" true 'return Array.from(document.querySelectorAll("svg"))
    .every(s => s.getAttribute("aria-label") || s.querySelector("title").textContent.length > 3)'
js_is "links lead somewhere" '[]' 'return Array.from(document.querySelectorAll("a[href^=\"#\"]"))
    .map(a => a.getAttribute("href").slice(1)).filter(id => !document.getElementById(id))'
js_is "strongest sentences lead to theirs" true 'let q = Array.from(document.querySelectorAll("blockquote"));
    return q.length === 10 && q.every(b => {
        let to = document.getElementById(b.querySelector("a").getAttribute("href").slice(1));
        return to.textContent.includes(b.firstChild.textContent) })'
js_is "speakers lead to their sentences" true 'let row = Array.from(document.querySelectorAll(".who tbody tr"));
    return row.length > 5 && row.every(r => {
        let cite = document.querySelector(r.querySelector("a").getAttribute("href")).querySelectorAll("cite");
        return Array.from(cite).some(c => c.textContent === r.querySelector("th").textContent) })'
js_is "ids are unique" true 'let ids = Array.from(document.querySelectorAll("[id]")).map(e => e.id);
    return new Set(ids).size === ids.length'
js_is "a form control has a label" true 'return Array.from(document.querySelectorAll("input, select"))
    .every(e => e.labels.length === 1)'
js_is "filter by source" '[3,"3 of 14 articles shown"]' 'let f = document.getElementById("f-source");
    f.value = "Northgate Dispatch"; f.dispatchEvent(new Event("change"));
    return [document.querySelectorAll(".a:not([hidden])").length, document.getElementById("shown").textContent]'
js_is "and back" 14 'let f = document.getElementById("f-source"); f.value = "";
    f.dispatchEvent(new Event("change")); return document.querySelectorAll(".a:not([hidden])").length'
js_is "filter by verdict agrees with the tally" true 'let f = document.getElementById("f-verdict");
    return Array.from(f.options).filter(o => o.value !== "").every(o => { f.value = o.value;
        f.dispatchEvent(new Event("change"));
        let li = Array.from(document.querySelectorAll(".tally li")).find(l => l.textContent.endsWith(o.text));
        return document.querySelectorAll(".a:not([hidden])").length === Number(li.querySelector("b").textContent) })'
js 'let f = document.getElementById("f-verdict"); f.value = ""; f.dispatchEvent(new Event("change"));
    let w = document.getElementById("f-text"); w.value = "Wrenlo"; w.dispatchEvent(new Event("input"))' >/dev/null
sleep 0.4
js_is "filter by word" 1 'return document.querySelectorAll(".a:not([hidden])").length'
js 'let w = document.getElementById("f-text"); w.value = ""; w.dispatchEvent(new Event("input"))' >/dev/null
sleep 0.4
js_is "sort by share" true 'let f = document.getElementById("f-sort"); f.value = "right";
    f.dispatchEvent(new Event("change"));
    let v = Array.from(document.querySelectorAll(".a")).map(a => Number(a.dataset.k.split(" ")[3]));
    return v.length === 14 && v.every((x, i) => i === 0 || v[i - 1] >= x) && v[0] > v[13]'
js_is "sort by title" true 'let f = document.getElementById("f-sort"); f.value = "title";
    f.dispatchEvent(new Event("change"));
    let v = Array.from(document.querySelectorAll(".t")).map(t => t.textContent.toLowerCase());
    return v.every((x, i) => i === 0 || v[i - 1] <= x)'
js_is "back to the order given" true 'let f = document.getElementById("f-sort"); f.value = "input";
    f.dispatchEvent(new Event("change"));
    return Array.from(document.querySelectorAll(".a")).every((a, i) => a.id === "a" + (i + 1))'
js 'location.hash = "#a2s3"' >/dev/null
sleep 0.4
js_is "a sentence named in the address opens its article" true 'return document.getElementById("a2").open'
js_is "sentences on a side say so in words" true 'return document.querySelectorAll(".p .l1, .p .l2, .p .l3, .p .l4").length > 0 &&
    Array.from(document.querySelectorAll(".p span[class^=l] > b")).every(b => b.textContent.includes("against")) &&
    Array.from(document.querySelectorAll(".p span[class^=r] > b")).every(b => b.textContent.includes("favor"))'
js_is "words of a score" true 'return document.querySelectorAll(".y").length > 0 &&
    Array.from(document.querySelectorAll(".p .y small")).every(s => {
        let n = s.textContent.replace(/\u2212/g, "-").match(/[+-]\d+\.\d+/g).map(Number);
        return Math.abs(n[0] - n.slice(1).reduce((a, b) => a + b)) < 0.021 })'

# Contrast (WCAG 2.1, 1.4.3) of text against what is behind it, half transparent layers included.
contrast='let lum = c => { let v = c.map(x => { x /= 255; return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4 });
        return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2] };
    let parse = s => { let m = s.match(/[\d.]+/g).map(Number); return m.length < 4 ? [m[0], m[1], m[2], 1] : m };
    let behind = e => { let layers = []; for (; e; e = e.parentElement) { layers.push(parse(getComputedStyle(e).backgroundColor)) }
        return layers.reverse().reduce((under, l) => [0, 1, 2].map(i => under[i] * (1 - l[3]) + l[i] * l[3]), [255, 255, 255]) };
    document.querySelectorAll("details").forEach(d => d.open = true);
    let low = [];
    document.querySelectorAll("h1, h2, p, th, td, small, caption, figcaption, .v, .p > span, .p > span > b, .y i, .y u, .y div").forEach(e => {
        if (e.closest(".y > summary") || !e.textContent.trim()) { return }
        let a = lum(parse(getComputedStyle(e).color)), b = lum(behind(e));
        let ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) { low.push(e.tagName + "." + e.className + " " + ratio.toFixed(2)) } });
    return Array.from(new Set(low)).slice(0, 9)'
js_is "contrast, light" '[]' "$contrast"
emulate 1200 dark screen
js_is "dark is dark" true 'return Number(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]) < 60'
js_is "contrast, dark" '[]' "$contrast"
emulate 700 dark print
js_is "print is dark on white, whatever the screen" '["rgb(255, 255, 255)","rgb(0, 0, 0)"]' \
    'let s = getComputedStyle(document.body); return [s.backgroundColor, s.color]'
emulate 360 light screen
js_is "360 pixels: no sideways scroll, all open" true 'document.querySelectorAll("details").forEach(d => d.open = true);
    return document.documentElement.scrollWidth <= 360'
js_is "360 pixels: no word of a table's head is broken" '[]' 'let broken = [];
    document.querySelectorAll("thead th").forEach(th => { let text = th.firstChild;
        for (let m of (text ? text.data : "").matchAll(/[^\s-]+/g)) { let r = document.createRange();
            r.setStart(text, m.index); r.setEnd(text, m.index + m[0].length);
            if (r.getClientRects().length > 1) { broken.push(m[0]) } } });
    return broken'
js_is "360 pixels: the tables fit" true 'return Array.from(document.querySelectorAll(".pan > table"))
    .every(t => t.offsetWidth <= t.parentElement.clientWidth)'
console >"$T/console"
check "no console message" [ ! -s "$T/console" ]

# ---- hostile text ----

cat >"$T/hostile.jsonl" <<'END'
{"id":"<script>pwned=1</script>","title":"</title><script>pwned=2</script>","source":"\"><img src=x onerror=pwned=3>","date":"2031-02-03","text":"<script>pwned=4</script> must be banned. </noscript></details><svg onload=pwned=5> is a danger, they say. &lt;script&gt;pwned=6&lt;/script&gt; javascript:pwned=7"}
{"id":"' onclick=pwned=8 x='","title":"' autofocus onfocus=pwned=9 '","source":"</option></select><iframe srcdoc='<script>parent.pwned=10</script>'>","date":"2031-02-04","text":"<style>*{display:none}</style><base href=//x><meta http-equiv=refresh content=0> Ban it. <math><mtext></mtext><script>pwned=11</script></math> \u202e turned \u0000 \u0001\u0002\u0003\u0004 ]]> --> <!-- It is unsafe."}
END
hostile() {
    visit "$1"
    js 'document.querySelectorAll("details").forEach(d => d.open = true)' >/dev/null
    sleep 0.3
    js_is "hostile text $2: nothing ran" true 'return typeof pwned === "undefined"'
    js_is "hostile text $2: no element of an article's" 0 \
        'return document.querySelectorAll("img, iframe, base, math, object, embed, meta[http-equiv=refresh], [onload], [onclick], [onfocus], [onerror]").length'
    js_is "hostile text $2: one script, one style" '[1,1]' \
        'return [document.scripts.length, document.querySelectorAll("style").length]'
    js_is "hostile text $2: it is shown as text" true \
        'return document.querySelector(".x").textContent.includes("<script>pwned=4</script> must be banned.")'
    console >"$T/console"
    check "hostile text $2: no console message" [ ! -s "$T/console" ]
}
emulate 1200 light screen
"$SLANT" report -m "$model" -f html --title "<script>pwned=12</script>" -o "$T/hostile.html" "$T/hostile.jsonl"
hostile "$T/hostile.html" "in a small page"
js_is "hostile title: shown as text" '"<script>pwned=12</script>"' 'return document.title'
printf '%s\n' '{"doc":"h","n":1,"from":0,"to":1,"text":"<script>pwned=4</script> must be banned.","stance":{"p":{"favor":0.8,"against":0.1,"none":0.1}},"holder":{"name":"</cite><img src=x onerror=pwned=14>","stance":{"p":{"favor":0.8,"against":0.1,"none":0.1}}}}' \
    '{"doc":"h","n":2,"from":2,"to":3,"text":"It is unsafe.","stance":{"p":{"favor":0.8,"against":0.1,"none":0.1}},"holder":{"name":"</text></svg><script>pwned=15</script>","stance":{"p":{"favor":0.8,"against":0.1,"none":0.1}}}}' >"$T/speakers.jsonl"
"$SLANT" report --scored -f html -o "$T/speakers.html" "$T/speakers.jsonl"
hostile "$T/speakers.html" "in speakers"
js_is "hostile speakers: shown as text" true 'let n = "</cite><img src=x onerror=pwned=14>";
    return document.querySelector("cite").textContent === n &&
        document.querySelectorAll(".who th[scope=row]")[0].textContent.length > 20 &&
        document.querySelector(".dots").textContent.includes("</text></svg><script>")'

# ---- a large page ----

if [ -n "$SANITIZER" ]; then
    skip "a large page" "a slow build"
    exit 0
fi
printf '%s\n' '{"doc":"h","n":1,"from":0,"to":1,"text":"</noscript><script>pwned=13</script>","stance":{"p":{"favor":0.8,"against":0.1,"none":0.1}}}' >"$T/large.jsonl"
awk 'BEGIN { for (a = 1; a <= 5000; a++) for (n = 1; n <= 20; n++)
    printf "{\"doc\":\"d%d\",\"n\":%d,\"from\":%d,\"to\":%d,\"title\":\"Article %d\",\"date\":\"2031-%02d-%02d\",\"source\":\"Paper %d\",\"text\":\"Sentence %d of article %d tells of a hearing on the gates at the harbour, of costs and of who will bear them in the end.\",\"stance\":{\"p\":{\"favor\":%.4f,\"against\":%.4f,\"none\":0.4}}}\n",
        a, n, 200 * n, 200 * n + 150, a, a % 12 + 1, n % 28 + 1, a % 9, n, a, 0.1 + (a * 7 + n * 13) % 40 / 100, 0.5 - (a * 7 + n * 13) % 40 / 100 }' >>"$T/large.jsonl"
"$SLANT" report --scored -f html -o "$T/large.html" "$T/large.jsonl"
visit "$T/large.html"
js_is "5,000 articles" true 'return document.querySelectorAll(".a").length >= 5000'
took=$(js 'let t = performance.timing; return t.loadEventEnd - t.navigationStart')
check "5,000 articles: open in 3 s ($took ms)" [ "$took" -lt 3000 ]
js_is "a large page keeps its texts packed" true 'return document.querySelectorAll(".p").length === 0'
js 'location.hash = "#a4322s7"' >/dev/null
sleep 0.5
js_is "an address unpacks its article" true 'let s = document.getElementById("a4322s7");
    return document.getElementById("a4322").open && s.textContent.includes("Sentence 7 of article")'
js 'document.getElementById("a18").open = true' >/dev/null
sleep 0.3
js_is "opening unpacks" 20 'return document.querySelectorAll("#a18 .p > span").length'
js 'let w = document.getElementById("f-text"); w.value = "sentence 7 of article 4000 "; w.dispatchEvent(new Event("input"))' >/dev/null
sleep 3
js_is "words are found in packed texts" 1 'return document.querySelectorAll(".a:not([hidden])").length'
js 'document.getElementById("a1").open = true' >/dev/null
sleep 0.3
js_is "hostile text in a large page: nothing ran, it is shown as text" true \
    'return typeof pwned === "undefined" && document.querySelector("#a1 .p").textContent.includes("</noscript><script>pwned=13</script>")'
console >"$T/console"
check "large page: no console message" [ ! -s "$T/console" ]
