#!/bin/bash
# Writes one line with the server's vitals into its CloudWatch log group, where filters make metrics of them:
#
#   {"vitals":{"disk_used_percent":23,"memory_used_percent":41,"app_healthy":1,"responses_5xx":0}}
#
# The last two are there once something has been deployed, and then what the app has counted (figures.sh, which comes with
# a deploy). plumbline-vitals.timer runs it every minute, as a user of its own. It signs by curl, with the instance role's
# credentials: no agent, and no right but to write this log.
set -euo pipefail

: "${PLUMBLINE_REGION:?}" "${PLUMBLINE_LOG_GROUP:?}" "${PLUMBLINE_SITE:?}" "${STATE_DIRECTORY:?}"
# shellcheck source=infra/host/instance-role.sh
. "$(dirname "$0")/instance-role.sh"
logs=${AWS_ENDPOINT_URL_LOGS:-https://logs.$PLUMBLINE_REGION.amazonaws.com}
deploys=/var/lib/plumbline/deploys.log

disk_used() { df --output=pcent / | tr -dc '0-9'; }

memory_used() { awk '/^MemTotal:/ {t = $2} /^MemAvailable:/ {a = $2} END {printf "%d", 100 * (t - a) / t}' /proc/meminfo; }

# 1 where a request from outside would find a version that is ready, else 0.
app_healthy() {
  local url resolve=()
  case $PLUMBLINE_SITE in
    :*) url=http://127.0.0.1$PLUMBLINE_SITE/readyz ;;
    *) url=https://$PLUMBLINE_SITE/readyz resolve=(--resolve "$PLUMBLINE_SITE:443:127.0.0.1") ;;
  esac
  if curl -fsS --max-time 10 -o /dev/null "${resolve[@]}" "$url" 2>/dev/null; then echo 1; else echo 0; fi
}

# 5xx that Caddy has answered since the last call: the app's, and its own where no version was ready. It counts a
# request once for each handler that it passes, and of a domain names the outermost alone. Where it does not answer, what it
# counted meanwhile is told by the next call.
responses_5xx() {
  local before now
  before=$(cat "$STATE_DIRECTORY/5xx" 2>/dev/null || echo 0)
  now=$(curl -fsS --max-time 5 http://127.0.0.1:2019/metrics | awk '
    /handler="(reverse_proxy|subroute)"/ && (/^caddy_http_request_duration_seconds_count\{code="5/ || /^caddy_http_request_errors_total/) {n += $NF}
    END {printf "%d", n}') || now=$before
  echo "$now" >"$STATE_DIRECTORY/5xx"
  # Caddy counts from zero when it starts.
  echo $((now >= before ? now - before : now))
}

vitals() {
  local fields
  fields="\"disk_used_percent\":$(disk_used),\"memory_used_percent\":$(memory_used)"
  if [ -s "$deploys" ]; then
    fields+=",\"app_healthy\":$(app_healthy),\"responses_5xx\":$(responses_5xx)"
    fields+=$(/var/lib/plumbline/bin/figures.sh 2>/dev/null || :)
  fi
  echo "{\"vitals\":{$fields}}"
}

# Calls an action of CloudWatch Logs; its answer is printed, and an error is the exit status.
logs_action() { # ACTION JSON
  curl -sS --fail-with-body --max-time 20 --aws-sigv4 "aws:amz:$PLUMBLINE_REGION:logs" --config - \
    -H 'Content-Type: application/x-amz-json-1.1' -H "X-Amz-Target: Logs_20140328.$1" \
    --data-raw "$2" "$logs/" <<<"$credentials"
}

credentials=$(role_credentials)
stream="vitals/$(imds instance-id)"

stream_json=$(jq -cn --arg group "$PLUMBLINE_LOG_GROUP" --arg stream "$stream" \
  '{logGroupName: $group, logStreamName: $stream}')
events=$(jq -c --arg message "$(vitals)" --argjson now "$(date +%s%3N)" \
  '. + {logEvents: [{timestamp: $now, message: $message}]}' <<<"$stream_json")

if ! answer=$(logs_action PutLogEvents "$events"); then
  case $answer in
    *ResourceNotFoundException*)
      logs_action CreateLogStream "$stream_json" >/dev/null
      logs_action PutLogEvents "$events" >/dev/null
      ;;
    *)
      echo "CloudWatch Logs refused the vitals: $answer" >&2
      exit 1
      ;;
  esac
fi
