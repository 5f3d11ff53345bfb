import { problemCatalogue } from '../../src/catalogues';
import { anonymous, type Actor, type Call } from '../../src/kernel/call';
import { Problem } from '../../src/kernel/problem';
import { legalDateOf } from '../../src/kernel/pure/time';
import { parseRequest, type Endpoint, type Input } from '../../src/kernel/http/endpoint';
import { successStatus } from '../../src/kernel/http/route';
import { pause, systemClock } from '../../src/kernel/sources';
import type { Service } from '../../src/wire';
import type * as z from 'zod';
import { AUTHORITY } from './seeding';
import { requestIdOf, type Act, type ActOrder, type Answer, type Round } from './rounds';

type Handled = Input<z.ZodType, z.ZodType, z.ZodType>;

interface Wanted {
  route: string;
  actor: Actor;
  params: Record<string, string>;
  body?: unknown;
}

const officer = (role: string, accountId: string): Actor => ({
  ...anonymous,
  role,
  accountId,
  authority: AUTHORITY,
  authorityId: AUTHORITY,
  via: 'session',
});

function wanted(round: Round, act: Act): Wanted {
  const today = legalDateOf(systemClock.now());
  switch (act) {
    case 'serve': {
      const body = { servedOn: today, manner: 'direct', proof: '送达回证', proofFileId: round.scanFileId };
      const actor = officer('inspector', 'race-inspector');
      return { route: 'post /case-subjects/:id/serve', actor, params: { id: round.caseSubjectId }, body };
    }
    case 'offer': {
      const body = { institutionId: round.institutionId, mineIds: [round.freeMineId], answerBy: today };
      const actor = officer('bureau', 'race-bureau');
      return { route: 'post /lots/:id/assignments', actor, params: { id: round.lotId }, body };
    }
    case 'team': {
      const [leaderId, ...memberIds] = round.expertIds;
      const { institutionId } = round;
      const actor: Actor = {
        ...anonymous,
        role: 'institution',
        accountId: 'race-institution',
        institutionId,
        via: 'session',
      };
      return {
        route: 'post /evaluations/:id/team',
        actor,
        params: { id: round.teamEvaluationId },
        body: { leaderId, memberIds },
      };
    }
    case 'accept': {
      const actor = officer('bureau', 'race-bureau-2');
      return { route: 'post /evaluations/:id/accept', actor, params: { id: round.reportedEvaluationId } };
    }
  }
}

function answerOf(act: Act, status: number, body: unknown): Answer {
  const shown = body as { id: string; frozen: Answer['frozen'] };
  if (act === 'offer') return { act, status, assignmentId: shown.id };
  return act === 'serve' ? { act, status, frozen: shown.frozen } : { act, status };
}

function refusalOf(act: Act, error: unknown): Answer {
  const known = error instanceof Problem ? problemCatalogue[error.code] : undefined;
  if (error instanceof Problem && known) return { act, status: known.status, code: error.code };
  return { act, status: 500, code: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Sends acts to the endpoints of a service, past the network and sign-in only: requests and replies are checked. */
export function createActing(service: Service): (round: Round, order: ActOrder) => Promise<Answer> {
  const byRoute = new Map<string, Endpoint>(service.endpoints.map((e) => [`${e.spec.method} ${e.spec.path}`, e]));
  return async (round, { act, delayMs }) => {
    const { route, actor, params, body } = wanted(round, act);
    const endpoint = byRoute.get(route);
    if (!endpoint) throw new Error(`no endpoint ${route}`);
    const { spec, handler } = endpoint;
    const call: Call = { actor, requestId: requestIdOf(round, act) };
    if (delayMs > 0) await pause(delayMs);
    try {
      const input = { ...parseRequest(spec, { params, query: {}, body }), version: 0 } as unknown as Handled;
      const result = await handler(input, call, undefined as never);
      return answerOf(act, successStatus(spec), spec.reply ? spec.reply.parse(result) : undefined);
    } catch (error) {
      return refusalOf(act, error);
    }
  };
}
