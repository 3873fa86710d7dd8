#!/bin/sh
# Installs the Debian packages that the named purposes need and that are missing: as root, or through
# sudo; otherwise it prints the command to run and fails. Purposes: build, test, check.
set -eu

packages=
for purpose in "$@"; do
    case $purpose in
    build) packages="$packages gcc libc6-dev make pkg-config libsvm-dev libstemmer-dev libutf8proc-dev libjansson-dev libxxhash-dev libxml2-dev zlib1g-dev libzstd-dev libseccomp-dev" ;;
    test) packages="$packages libcmocka-dev jq libsvm-tools chromium chromium-driver curl python3-jsonschema" ;;
    check) packages="$packages clang-14 clang-tidy-14 clang-format-14 libclang-rt-14-dev gcovr abigail-tools" ;;
    esac
done

missing=
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    run=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    run=sudo
else
    echo "Some packages are missing. Please run, then try again:" >&2
    echo "  sudo $command" >&2
    exit 1
fi
echo "installing:$missing"
$run apt-get update -qq
# shellcheck disable=SC2086 # the list is meant to be split
DEBIAN_FRONTEND=noninteractive $run $command >/dev/null
