import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { accountEvents, accountProblems, accountRoutes } from './accounts/accounts.contract';
import { apiKeyEvents, apiKeyProblems, apiKeyRoutes } from './api-keys/api-keys.contract';
import { authorityEvents, authorityProblems, authorityRoutes } from './authorities/authorities.contract';
import { colleagueRoutes } from './colleagues/colleagues.contract';
import { deputyEvents, deputyProblems, deputyRoutes } from './deputies/deputies.contract';
import { handOverEvents, handOverProblems, handOverRoutes } from './hand-overs/hand-overs.contract';
import { oidcEvents, oidcProblems, oidcRoutes } from './oidc/oidc.contract';
import { postEvents, postProblems, postRoutes } from './posts/posts.contract';
import { workEvents, workProblems, workRoutes } from './work/work.contract';
import { recoveryEvents, recoveryProblems, recoveryRoutes } from './recovery/recovery.contract';
import { signInPolicyEvents, signInPolicyProblems, signInPolicyRoutes } from './sign-in-policy/sign-in-policy.contract';
import { sessionEvents, sessionProblems, sessionRoutes } from './sessions/sessions.contract';

export const identityRoutes = {
  ...authorityRoutes,
  ...accountRoutes,
  ...postRoutes,
  ...colleagueRoutes,
  ...deputyRoutes,
  ...workRoutes,
  ...handOverRoutes,
  ...sessionRoutes,
  ...recoveryRoutes,
  ...oidcRoutes,
  ...signInPolicyRoutes,
  ...apiKeyRoutes,
};

export const identityProblems: ProblemList = {
  ...authorityProblems,
  ...accountProblems,
  ...postProblems,
  ...deputyProblems,
  ...workProblems,
  ...handOverProblems,
  ...sessionProblems,
  ...recoveryProblems,
  ...oidcProblems,
  ...signInPolicyProblems,
  ...apiKeyProblems,
};

export const identityEvents: EventCatalogue = {
  ...authorityEvents,
  ...accountEvents,
  ...postEvents,
  ...deputyEvents,
  ...workEvents,
  ...handOverEvents,
  ...sessionEvents,
  ...recoveryEvents,
  ...oidcEvents,
  ...signInPolicyEvents,
  ...apiKeyEvents,
};
