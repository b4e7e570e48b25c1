# What ./verify, ./demo and ./loadtest need of the machine: programs, a JDK, and that what they start ends with them.
# Sourced by them, with set -euo pipefail on.

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

has() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; }

# Whether there is a library of that name in Debian's folders, or in such a folder within them.
has_library() { [[ -n $(compgen -G "/usr/lib*/$1" || compgen -G "/usr/lib/*/$1") ]]; }

# Installs the Debian packages of the programs that are missing, without starting the services in them; with the word
# proxies also haproxy and twemproxy, with redis also Redis, with vip keepalived and what makes networks, with sasl the
# mechanisms that memcached -S asks for, with monitoring Prometheus, with browser also Chromium, with php also PHP's memcache client, with libfaketime also that, which sets one
# program's clock apart from the machine's.
need_programs() {
  local packages=() more
  for more in "$@"; do
    case $more in
      sasl) has_library sasl2/libplain.so.2 || packages+=(libsasl2-modules) ;;
      libfaketime) has_library faketime/libfaketimeMT.so.1 || packages+=(libfaketime) ;;
      proxies)
        has haproxy || packages+=(haproxy)
        has nutcracker || packages+=(nutcracker)
        ;;
      redis) has redis-server || packages+=(redis-server) ;;
      vip)
        has keepalived || packages+=(keepalived)
        has bridge || packages+=(iproute2)
        ;;
      monitoring) has promtool || packages+=(prometheus) ;;
      browser)
        has chromium || packages+=(chromium)
        has chromedriver || packages+=(chromium-driver)
        ;;
      php) php -m 2>/dev/null | grep -q '^memcache$' || packages+=(php-cli php-memcache) ;;
    esac
  done
  has memcached || packages+=(memcached)
  has nginx || packages+=(nginx)
  has setpriv || packages+=(util-linux)
  if ((${#packages[@]} == 0)); then
    return
  fi
  has apt-get || fail "missing: ${packages[*]}; install them (there is no apt-get here to do it with)"
  [[ $(id -u) == 0 ]] || fail "missing: ${packages[*]}; run as root once, or: sudo apt-get install ${packages[*]}"
  say "installing what is missing: ${packages[*]} (Debian's own services are not started)"
  install_quietly "${packages[@]}" || fail "apt-get could not install ${packages[*]}"
}

install_quietly() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update || exit
  light=$(apt-cache search --names-only '^nginx-light$')
  for package in "$@"; do
    if [[ $package == nginx && -n $light ]]; then
      package=nginx-light
    fi
    apt-get -qq -y --no-install-recommends install "$package" >/dev/null || exit
    say "  installed $package"
  done
)

# The major version of the JDK in a folder; 0 if there is none.
jdk_version() {
  local version=0
  if [[ -x $1/bin/javac ]]; then
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  fi
  echo "${version:-0}"
}

# Sets JAVA_HOME to a JDK of version 17 or newer: the one that is set, the one in PATH, or Debian's.
need_jdk() {
  local home in_path=
  if has javac; then
    in_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for home in "${JAVA_HOME:-}" "$in_path" /usr/lib/jvm/*; do
    if [[ -n $home ]] && (($(jdk_version "$home") >= 17)); then
      export JAVA_HOME=$home
      return
    fi
  done
  fail "a JDK 17 or newer is needed; set JAVA_HOME, or: apt-get install openjdk-17-jdk-headless"
}

# Prints the home of a JDK 25; nothing if there is none.
find_jdk25() {
  local home
  for home in "${JAVA_HOME_25:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [[ -n $home ]] && (($(jdk_version "$home") == 25)); then
      echo "$home"
      return
    fi
  done
}

child=

# Starts a command in a process group of its own, so that all of it can be ended.
begin() {
  setsid "$@" </dev/null &
  child=$!
}

# Waits for what was begun and returns its status.
finish() {
  local status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

run() {
  begin "$@"
  finish
}

# Ends what was begun, when this script is ended.
end_child() {
  if [[ -n $child ]]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
}

end_children_with_this_script() {
  trap 'end_child' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}
