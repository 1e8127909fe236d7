#!/usr/bin/env bash
# Builds the mediasoup worker from the source in the npm package, with what Debian 12 has and nothing else.
#
#   build-worker.sh PACKAGE OUTPUT     PACKAGE: the folder of the npm package `mediasoup`; OUTPUT: the program to be written
#
# meson would download the worker's libraries. Each is given here beforehand, as a small subproject (overlay/) that points to
# Debian's own: unpacked into a work folder, not installed. What must be installed are the compilers: g++ ninja-build pkg-config
# python3 dpkg-dev xz-utils. It takes four to eight minutes on two cores.
set -euo pipefail

package=$(realpath "$1")
output=$(realpath -m "$2")
overlay=$(realpath "$(dirname "$0")/overlay")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sources=/etc/apt/sources.list.d/debian.sources

say() { echo "== $*"; }
fail() { echo "$*" >&2; exit 1; }

# Another Debian has other libraries under the same names: better no worker than one that was linked by luck.
check_system() {
  local id='' codename='' missing=() command
  if [ -f /etc/os-release ]; then
    id=$(. /etc/os-release; echo "${ID-}")
    codename=$(. /etc/os-release; echo "${VERSION_CODENAME-}")
  fi
  [ "$id $codename" = 'debian bookworm' ] && [ -f "$sources" ] ||
    fail "This script knows Debian 12 with $sources only; this is ${id:-unknown} ${codename:-}."
  # Each package by a command of its own.
  for command in g++:g++ ninja:ninja-build pkg-config:pkg-config python3:python3 dpkg-architecture:dpkg-dev xz:xz-utils; do
    type "${command%%:*}" > /dev/null 2>&1 || missing+=("${command#*:}")
  done
  [ ${#missing[@]} = 0 ] || fail "These packages are missing; as root: apt-get install ${missing[*]}"
}

check_system
system=$work/system
arch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
include=$system/usr/include
lib=$system/usr/lib/$arch
subprojects=$work/worker/subprojects
flatc=$work/flatc

# Debian's packages, from lists of our own in which the sources are switched on too.
unpack_libraries() {
  mkdir -p "$work"/apt/lists/partial "$work"/apt/cache/archives/partial "$work/packages" "$system"
  sed 's/^Types: deb$/Types: deb deb-src/' "$sources" > "$work/apt/debian.sources"
  local apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/apt/debian.sources" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o APT::Sandbox::User=root)
  "${apt[@]}" update
  cd "$work/packages"
  "${apt[@]}" download libuv1-dev libabsl-dev libssl-dev flatbuffers-compiler libflatbuffers-dev libflatbuffers2 meson
  "${apt[@]}" source --download-only libsrtp2
  for file in ./*.deb; do dpkg-deb -x "$file" "$system"; done
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$lib" "$system/usr/bin/flatc" > "$flatc"
  chmod +x "$flatc"
}

# Where meson looks for a subproject: the folder that its wrap file names.
folder_of() { echo "$subprojects/$(sed -n 's/^directory *= *//p' "$subprojects/$1.wrap")"; }

# Puts a stand-in where meson looks, with its paths filled in. The library it declares for itself is empty.
place() {
  local folder openssl
  folder=$(folder_of "$1")
  openssl=$(sed -n 's/^Version: *\([0-9.]*\).*/\1/p' "$lib/pkgconfig/openssl.pc")
  mkdir -p "$folder"
  for file in "$overlay/$1"/meson*; do
    sed -e "s|@INCLUDE@|$include|; s|@INCLUDE_ARCH@|$include/$arch|; s|@LIB@|$lib|; s|@FLATC@|$flatc|" \
      -e "s|@OPENSSL_VERSION@|$openssl|" "$file" > "$folder/$(basename "$file")"
  done
  echo 'typedef int stand_in;' | tee "$folder/empty.c" > "$folder/empty.cpp"
}

place_headers_and_srtp() {
  if [ -f "$subprojects/unordered-dense.wrap" ]; then
    local dense
    dense=$(folder_of unordered-dense)
    mkdir -p "$dense/include/ankerl"
    cp "$subprojects/packagefiles/ankerl-unordered-dense/meson.build" "$dense/"
    cp "$overlay/unordered-dense/unordered_dense.h" "$dense/include/ankerl/"
  fi
  if [ -f "$subprojects/libsrtp3.wrap" ]; then
    local srtp
    srtp=$(folder_of libsrtp3)
    mkdir -p "$srtp/shim"
    tar xzf "$work"/packages/libsrtp2_*.orig.tar.gz --strip-components=1 -C "$srtp"
    cp "$overlay/libsrtp3/srtp.h" "$srtp/shim/"
    cat "$overlay/libsrtp3/meson.append.build" >> "$srtp/meson.build"
  fi
}

# Debian's OpenSSL knows KTLS and asks the BIO whether it does. The worker's callback answers every question of a BIO with 1, so
# OpenSSL takes it for able, makes no write buffer, and crashes at the first DTLS handshake. The callback means to look only at
# calls that return.
patch_source() {
  local dtls=$work/worker/src/RTC/DtlsTransport.cpp
  sed -i 's/(operationType == BIO_CB_RETURN)/(operationType \& BIO_CB_RETURN)/' "$dtls"
  grep -q 'operationType & BIO_CB_RETURN' "$dtls" || fail "$dtls is not as expected"
  # Debian's meson is 1.0.1, which is enough.
  sed -i "s/meson_version: *'>= 1.1.0'/meson_version: '>= 1.0.0'/" "$work/worker/meson.build"
}

build() {
  export PYTHONPATH=$system/usr/lib/python3/dist-packages PYTHONDONTWRITEBYTECODE=1
  cd "$work/worker"
  /usr/bin/python3 "$system/usr/bin/meson" setup --wrap-mode=nodownload --prefix "$work/out" --bindir '' --libdir '' \
    --buildtype release -Db_ndebug=true "$work/build" > "$work/setup.log" || { cat "$work/setup.log" >&2; exit 1; }
  ninja -C "$work/build" -j "${JOBS:-$(nproc)}" mediasoup-worker
}

say "getting Debian's packages of the libraries"
unpack_libraries
say 'placing the libraries where meson looks for them'
cp -r "$package/worker" "$work/worker"
for name in libuv openssl flatbuffers abseil-cpp; do place "$name"; done
place_headers_and_srtp
patch_source
say 'compiling'
build
mkdir -p "$(dirname "$output")"
strip -o "$output" "$work/build/mediasoup-worker"
say "done: $output"
