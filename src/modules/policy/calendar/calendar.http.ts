import { endpoint, type Endpoint } from '../../../kernel/http/endpoint';
import { calendarRoutes as r } from './calendar.contract';
import type { CalendarService } from './calendar.service';

export const calendarEndpoints = (s: CalendarService): Endpoint[] => [
  endpoint(r.listTables, () => s.list()),
  endpoint(r.workingDays, ({ query }) => s.workingDays(query.from, query.days, query.firstDayCounts === 'true')),
  endpoint(r.readTable, ({ params }) => s.read(params.year)),
  endpoint(r.loadTable, ({ params, body }, call) => s.load(call, params.year, body)),
];
