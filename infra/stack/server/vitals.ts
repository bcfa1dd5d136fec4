/** The vitals that infra/host/vitals.sh writes into the log each minute, by the name of the metric made of each. */
export const vitals = {
  DiskUsed: 'disk_used_percent',
  MemoryUsed: 'memory_used_percent',
  ServerErrors: 'responses_5xx',
  AppHealthy: 'app_healthy',
  LatencyP99: 'latency_p99_ms',
} as const;

export type Vital = keyof typeof vitals;
