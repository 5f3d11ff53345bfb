import { Download, endpoint, type Endpoint } from '../../kernel/http/endpoint';
import { factRoutes as f } from './facts.contract';
import type { Facts } from './facts.service';
import type { LogProofs } from './log-proofs';
import { logRoutes as r } from './log.contract';

const PROOF = 'text/plain; charset=utf-8';

/** Proofs for everybody; the log's files themselves are answered before (`log-serve.ts`). */
export const logEndpoints = (s: LogProofs): Endpoint[] => [
  endpoint(r.entryProof, async ({ params, query }) => {
    const { proof } = await s.ofEntry(params.entryId, { withLeaf: query.with === 'leaf' });
    return new Download(Buffer.from(proof, 'utf8'), PROOF, `${params.entryId}.tlog-proof`);
  }),
  endpoint(r.positionProof, async ({ params, query }) => {
    const wish = { withLeaf: query.with === 'leaf', generation: query.origin };
    const { proof } = await s.ofPosition(params.position, wish);
    return new Download(Buffer.from(proof, 'utf8'), PROOF, `${params.position}.tlog-proof`);
  }),
  endpoint(r.leaf, async ({ params }) => {
    const { leaf } = await s.ofEntry(params.entryId);
    return new Download(Buffer.from(leaf), 'application/json', `${params.entryId}.leaf`);
  }),
  endpoint(r.consistency, ({ query: { from, to, origin } }) => s.consistency({ from, to, generation: origin })),
];

/** Facts for those who may see them. */
export const factEndpoints = (s: Facts): Endpoint[] => [
  endpoint(f.entries, ({ params, query }, call) => s.entries(call.actor, params.id, query)),
  endpoint(f.facts, ({ params }, call) => s.facts(call.actor, params.entryId)),
  endpoint(f.factFile, ({ params, query }, call) => s.factFile(call.actor, params.entryId, query.path)),
];
