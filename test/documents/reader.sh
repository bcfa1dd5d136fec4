#!/bin/bash
# The shell of a reader who follows a page, in a clone: sourced before the page's commands.
#
#   MODULES      the packages that the clones share
#   TOOLS_HOME   the home folder in which the tests look for their tools
#   DONE         a folder that remembers what need not be done twice
#   SERVER_LOG   where the output of `npm start` goes
set -euo pipefail

server=''

# It serves until it is stopped; here it does so in the background until the page ends, or starts it again.
serve() {
  stop
  : >"$SERVER_LOG"
  command npm start "$@" >"$SERVER_LOG" 2>&1 &
  server=$!
  until grep -qs 'http://localhost' "$SERVER_LOG"; do
    if ! kill -0 "$server" 2>/dev/null; then
      cat "$SERVER_LOG" >&2
      return 1
    fi
    sleep 0.2
  done
}

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" || true
    server=''
  fi
}
trap stop EXIT

npm() {
  # A clone of its own has no packages yet, and npm would fetch them.
  [ -e node_modules ] || ln -s "$MODULES" node_modules
  case "${1:-}" in
    start) serve "${@:2}" ;;
    # All tests would run this one again.
    test) once test env HOME="$TOOLS_HOME" npm test -- test/documents/markdown.test.ts ;;
    ci | install | i)
      echo 'The packages here are those of the repository that is tested.' >&2
      return 1
      ;;
    run) run_script "${@:2}" ;;
    *) command npm "$@" ;;
  esac
}

# npm takes longer to start than most scripts, so that it is asked for each once; then Node runs what package.json says.
run_script() { # SCRIPT [-- ARGUMENT…]
  if [ "$*" = synth ]; then
    once synth npm run synth
  elif [ "$*" = train ]; then
    # README.md has trained the sample so, and again it would come to the same bytes.
    "$MODULES/.bin/node" --run train -- --if-changed
  elif [ -e "$DONE/npm-$1" ]; then
    "$MODULES/.bin/node" --run "$@"
  else
    command npm run "$@" && touch "$DONE/npm-$1"
  fi
}

# Several pages ask for the same tests, and the same template, of the same code: they are made for the first.
once() { # NAME COMMAND…
  local name=$1
  shift
  if [ -e "$DONE/$name" ]; then return; fi
  command "$@" || return 1
  touch "$DONE/$name"
}

# Checks the types of a snippet as `npm run check` does those of the code.
check_types() { # FILE
  printf '{"extends": "./tsconfig.json", "include": ["ml", "%s"]}' "$1" >tsconfig.snippet.json
  npx tsc --project tsconfig.snippet.json >&2
  rm tsconfig.snippet.json
}

# Says on standard error which line of the document is next.
at() { # LINE
  printf '\n@%s\n' "$1" >&2
}

# Python is no tool of this project: where there is none, what is written in it is not run.
python3() {
  if type -P python3 >/dev/null; then command python3 "$@"; fi
}
