import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  contentType: string;
  /** `seconds` from the first byte to the end of the reply. */
  observe(method: string, route: string, status: number, seconds: number): void;
  /** All figures, with what else is known at the moment, by name; labels stand in the name, those of one name in a row. */
  text(more?: Readonly<Record<string, number>>): Promise<string>;
}

/** Figures of one application, in the Prometheus text format. */
export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 100 });
  const requests = new Counter({
    name: 'lujian_http_requests_total',
    help: 'Requests by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers: [register],
  });
  const duration = new Histogram({
    name: 'lujian_http_request_seconds',
    help: 'Time from first byte to the end of the reply',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  return {
    contentType: register.contentType,
    observe: (method, route, status, seconds) => {
      requests.inc({ method, route, status: String(status) });
      duration.observe({ method, route }, seconds);
    },
    async text(more = {}) {
      const typed = new Set<string>();
      const lines = Object.entries(more).map(([name, value]) => {
        const bare = name.split('{', 1)[0]!;
        const type = typed.has(bare) ? '' : `# TYPE ${bare} gauge\n`;
        typed.add(bare);
        return `${type}${name} ${value}\n`;
      });
      return `${await register.metrics()}${lines.join('')}`;
    },
  };
}
