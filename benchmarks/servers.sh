# What the benchmarks by load share: app servers, their stores, and the load on them, all on this machine.
# Sourced, after e2e/machine.sh, with set -euo pipefail on, in the project's folder; wants $work, the folder to work in.

reading='GET /api/note'
modifying='POST /api/cart?sku=tea&quantity=%'
tomcat=10.1.59
java_options=(-Xms384m -Xmx384m -XX:+UseG1GC)
pids=()
stores=()
table=()

end_all() {
  local pid
  for pid in "${pids[@]}" "${stores[@]}"; do
    kill -9 "$pid" 2>/dev/null || true
  done
  wait 2>/dev/null || true
  pids=()
  stores=()
}
trap end_all EXIT
trap 'exit 130' INT TERM HUP

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# Starts the store of the next system: memcached, two or as many as said, with so many MB each; or one Redis; or none.
start_store() {
  kind=$1
  case $kind in
    memcached)
      local n port
      store=()
      nodes=
      for ((n = 1; n <= ${2:-2}; n++)); do
        port=$(free_port)
        memcached -u nobody -l 127.0.0.1 -p "$port" -U 0 -m "${3:-512}" -t 2 >/dev/null 2>&1 &
        stores+=($!)
        store+=("$port")
        nodes+=${nodes:+,}n$n:127.0.0.1:$port
      done
      ;;
    redis)
      store=("$(free_port)")
      redis-server --port "${store[0]}" --bind 127.0.0.1 --save '' --appendonly no >/dev/null 2>&1 &
      stores+=($!)
      ;;
    none) store=() ;;
  esac
}

# What the memcached at that port says of itself.
statistics() {
  local socket
  exec {socket}<>"/dev/tcp/127.0.0.1/$1"
  printf 'stats\r\nquit\r\n' >&"$socket"
  tr -d '\r' <&"$socket"
  exec {socket}>&-
}

# What the store has counted so far: commands, bytes that came and went, bytes that it keeps.
counted() {
  local port
  case $kind in
    memcached)
      for port in "${store[@]}"; do statistics "$port"; done | awk '
        $2 ~ /^(cmd_get|cmd_set|cmd_touch|cmd_meta|delete_hits|delete_misses|incr_hits|incr_misses)$/ { commands += $3 }
        $2 ~ /^(bytes_read|bytes_written)$/ { moved += $3 }
        $2 == "bytes" { kept += $3 }
        END { printf "%.0f %.0f %.0f\n", commands, moved, kept }'
      ;;
    redis)
      redis-cli -p "${store[0]}" info | tr -d '\r' | awk -F: '
        $1 == "total_commands_processed" { commands = $2 }
        $1 ~ /^total_net_(in|out)put_bytes$/ { moved += $2 }
        $1 == "used_memory" { kept = $2 }
        END { printf "%.0f %.0f %.0f\n", commands, moved, kept }'
      ;;
    none) echo 0 0 0 ;;
  esac
}

# Starts a Tomcat: its number, its distribution, the war, what stands in <Engine>, what in <Context>, jars for lib.
tomcat() {
  local number=$1 home=$PWD/e2e/target/tomcat/apache-tomcat-$2 war=$3 engine=$4 context=$5 base=$work/$system$1
  shift 5
  rm -rf "$base"
  mkdir -p "$base"/{conf,lib,temp,logs,webapps}
  cp "$home/conf/web.xml" "$base/conf/"
  cp -r "$war" "$base/webapps/ROOT${war_suffix}"
  (($# == 0)) || cp "$@" "$base/lib/"
  cat >"$base/conf/server.xml" <<X
<Server port="-1"><Service name="Catalina"><Connector port="${ports[$number]}" address="127.0.0.1" maxKeepAliveRequests="-1"/>
<Engine name="Catalina" defaultHost="localhost" $engine_attributes$number">$engine<Host name="localhost" appBase="webapps"/></Engine></Service></Server>
X
  echo "<Context>$context</Context>" >"$base/conf/context.xml"
  "$JAVA_HOME/bin/java" "${java_options[@]}" "${more_options[@]}" -Dcatalina.home="$home" -Dcatalina.base="$PWD/$base" \
    -Djava.io.tmpdir="$PWD/$base/temp" -cp "$home/bin/bootstrap.jar:$home/bin/tomcat-juli.jar" \
    org.apache.catalina.startup.Bootstrap start >"$base/log" 2>&1 &
  pids+=($!)
}

manager=io.memsession.tomcat.MemcachedSessionManager
shop=sample-webapp/war/target/shop.war
tomcat9_shop=sample-webapp/war/target/shop-tomcat9.war

memsession_jar() {
  ls tomcat-valve/target/memsession-tomcat-*.jar | grep -v -e sources -e javadoc | head -1
}

cpu() {
  local pid
  for pid in "${pids[@]}"; do cat "/proc/$pid/stat"; done | awk '{ sum += $14 + $15 } END { print sum }'
}

# Waits until all app servers answer.
await_servers() {
  local port waited=0
  for port in "${ports[@]:1}"; do
    until curl -sf -o /dev/null "http://127.0.0.1:$port/api/nothing"; do
      ((++waited < 240)) || fail "$system does not start; see $work"
      sleep 0.25
    done
  done
}

# Runs the load for so many seconds and sets what came of it: seconds, requests ("GET /path POST /path …", in turn), with
# or without cookies, and the milliseconds that each connection pauses between its requests, if it does.
load() {
  local before after began ended out=$work/wrk.txt n
  local -x COOKIES=$work/cookies LOAD_REQUESTS=$2 LOAD_COOKIES=$3 LOAD_PAUSE=${4:-}
  for ((n = 1; n < ${#ports[@]}; n++)); do local -x "PORT$n=${ports[$n]}"; done
  read -r -a before <<<"$(counted)"
  began=$(cpu)
  wrk -t$((${#ports[@]} - 1)) -c"${connections:-32}" -d"$1s" --latency -s benchmarks/load.lua "http://127.0.0.1:${ports[1]}" >"$out"
  ended=$(cpu)
  read -r -a after <<<"$(counted)"
  rate=$(awk '/Requests\/sec/ { printf "%.0f", $2 }' "$out")
  result=$(awk -v cpu=$((ended - began)) -v commands=$((after[0] - before[0])) -v moved=$((after[1] - before[1])) '
    /requests in/ { n = $1 } /Requests\/sec/ { rate = $2 } $1 == "50%" { p50 = $2 } $1 == "99%" { p99 = $2 }
    /Non-2xx/ { errors += $NF } /Socket errors/ { gsub(",", ""); errors += $4 + $6 + $8 + $10 }
    END { printf "%.0f | %s | %s | %.0f | %.1f | %.0f | %d", rate, p50, p99, cpu * 10000 / n, commands / n, moved / n, errors }' "$out")
}

# Lets the JVMs compile what the requests need: seconds, requests. Under the whole load the compiler would wait for its
# turn behind the requests for the better part of a minute, and what is measured meanwhile is the interpreter.
warm_up() {
  local connections=8
  load "$1" "$2" with 4
}

# Runs the load until four turns in a row were not faster than those before by a twentieth: what is measured next is
# compiled; after a warm-up, as what waits for the compiler for long looks settled meanwhile. Seconds of a turn, requests, with or without cookies.
settle() {
  local best=0 slower=0 turns=0
  while ((slower < 4 && ++turns <= 20)); do
    load "$@"
    if ((rate * 20 > best * 21)); then slower=0; else ((++slower)); fi
    ((rate <= best)) || best=$rate
  done
}

# Runs the load at about so many requests a second: rate, then as load without the pause.
steady() {
  local wanted=$1 connections=64 pause
  shift
  pause=$(awk -v r="$wanted" 'BEGIN { printf "%.3f", 64000 / r }')
  load 2 "${@:2}" "$pause"
  pause=$(awk -v p="$pause" -v r="$wanted" -v was="$rate" 'BEGIN { p += 64000 * (1 / r - 1 / was); printf "%.3f", (p > 0 ? p : 0) }')
  load "$@" "$pause"
}
