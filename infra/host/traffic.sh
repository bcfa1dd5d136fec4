#!/bin/bash
# What Caddy has answered, of which it counts every request. Sourced by deploy.sh.
set -euo pipefail

# Prints "REQUESTS FAILURES" since Caddy started: failures are answers of 5xx, the app's or Caddy's own. It counts a request
# once for each handler that it passes, and of a domain names the outermost alone.
traffic() {
  curl -fs --max-time 2 http://127.0.0.1:2019/metrics | awk '
    !/handler="(reverse_proxy|subroute)"/ {next}
    /^caddy_http_request_duration_seconds_count\{/ {all += $NF; if (/code="5/) bad += $NF}
    /^caddy_http_request_errors_total\{/ {all += $NF; bad += $NF}
    END {printf "%d %d\n", all, bad}'
}

# Whether failures are a greater share of one span than of an earlier one, by more than a hundredth of all requests.
worse() { # REQUESTS FAILURES EARLIER_REQUESTS EARLIER_FAILURES
  local earlier=$(($3 > 0 ? $3 : 1))
  (($2 * 100 * earlier > $1 * (100 * $4 + earlier)))
}
