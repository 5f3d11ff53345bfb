export { screeningEvents, screeningProblems, screeningRoutes, verdictReply, type Verdict } from './screening.contract';
export { judgeBars, judgeReadiness } from './screening.rules';
export { createScreening, type PublicReadiness, type Screening, type ScreeningDeps } from './screening.service';
export { screeningEndpoints } from './screening.http';
