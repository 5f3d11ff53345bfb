export {
  doors,
  ground,
  grounds,
  publicBar,
  sanctionEvents,
  sanctionProblems,
  sanctionRoutes,
  type Door,
  type Ground,
  type PublicBar,
} from './sanctions.contract';
export {
  barredOn,
  barStateOn,
  endOfBars,
  shutOn,
  type BarDays,
  type BarState,
  type EndOfBars,
} from './sanctions.rules';
export { createSanctions, type PersonsPort, type Sanctions, type Sentence } from './sanctions.service';
export { barsAgainstLog } from './bars-audit.views';
export { sanctionEntities } from './sanctions.store';
export { createPublicBars, type PublicBars, type PublicEntry } from './public.views';
export { createSanctionViews, type SanctionViews } from './sanctions.views';
export { sanctionEndpoints } from './sanctions.http';
