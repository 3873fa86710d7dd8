# shellcheck shell=sh
# What the browser tests share: Chromium over the WebDriver protocol (W3C), by curl and jq. Source it;
# it ends the script with a skipped test where something is missing.
. tests/cli/lib.sh

for tool in chromium chromedriver curl jq; do
    if ! command -v $tool >"$T/which"; then
        skip "browser" "no $tool here"
        exit 0
    fi
done

driver_port=$((20000 + $$ % 20000))
driver_pid=
session=

browser_stop() {
    if [ -n "$session" ]; then
        curl -s -X DELETE "http://127.0.0.1:$driver_port/session/$session" >/dev/null 2>&1
    fi
    if [ -n "$driver_pid" ]; then
        kill "$driver_pid" 2>/dev/null
        wait "$driver_pid" 2>/dev/null
    fi
    session=
    driver_pid=
}
trap 'browser_stop; chmod -R u+w "$T" 2>/dev/null; rm -rf "$T"' EXIT

# post PATH JSON: the value of the answer.
post() {
    curl -s -m 60 -H 'Content-Type: application/json' -d "$2" \
        "http://127.0.0.1:$driver_port/session/$session/$1" | jq -c .value
}

# browser_start [SCHEME]: a window in a profile of its own; SCHEME is light or dark.
browser_start() {
    [ -n "$driver_pid" ] || {
        HOME=$T chromedriver --port=$driver_port >"$T/driver.log" 2>&1 &
        driver_pid=$!
    }
    tries=0
    until curl -s "http://127.0.0.1:$driver_port/status" | jq -e .value.ready >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ $tries -gt 50 ]; then
            skip "browser" "chromedriver does not start"
            exit 0
        fi
        sleep 0.2
    done
    session=$(jq -n --arg profile "$T/profile$(date +%s%N)" '{capabilities: {alwaysMatch: {
        browserName: "chrome", "goog:loggingPrefs": {browser: "ALL"}, "goog:chromeOptions": {args: [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars", ("--user-data-dir=" + $profile)]}}}}' |
        curl -s -m 60 -H 'Content-Type: application/json' -d @- "http://127.0.0.1:$driver_port/session" |
        jq -r '.value.sessionId // empty')
    if [ -z "$session" ]; then
        skip "browser" "chromium does not start"
        exit 0
    fi
    post goog/cdp/execute '{"cmd":"Network.enable","params":{}}' >/dev/null
}

# emulate WIDTH SCHEME MEDIA: a page WIDTH pixels wide (0: the window), light or dark, screen or print.
emulate() {
    post goog/cdp/execute "{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{\"media\":\"$3\",
        \"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$2\"}]}}" >/dev/null
    post goog/cdp/execute "{\"cmd\":\"Emulation.setDeviceMetricsOverride\",\"params\":{\"width\":$1,
        \"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}}" >/dev/null
}

visit() {
    post url "{\"url\":\"file://$1\"}" >/dev/null
}

# js SCRIPT: what it returns, as JSON.
js() {
    jq -n --arg script "$1" '{script: $script, args: []}' >"$T/js"
    post execute/sync "@$T/js"
}

# js_is NAME WANTED SCRIPT
js_is() {
    js_got=$(js "$3")
    if [ "$js_got" = "$2" ]; then
        tap ok "$1"
    else
        tap 'not ok' "$1 (got $(printf '%.200s' "$js_got"))"
    fi
}

# Console messages since the last call, one a line.
console() {
    curl -s -m 60 -H 'Content-Type: application/json' -d '{"type":"browser"}' \
        "http://127.0.0.1:$driver_port/session/$session/se/log" | jq -c '.value[]?'
}

# picture FILE: the whole page as PNG.
picture() {
    post goog/cdp/execute '{"cmd":"Page.captureScreenshot","params":{"captureBeyondViewport":true}}' |
        jq -r .data | base64 -d >"$1"
}
