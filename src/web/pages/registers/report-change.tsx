import * as z from 'zod';
import { changeRoutes } from '../../../modules/institutions/changes/changes.contract';
import { organisationContent, organisationRoutes } from '../../../modules/organisations/organisations.contract';
import type { AnyRoute, Asked, ReplyOf } from '../../api/client';
import { useAsk } from '../../api/hooks';
import type { Overrides } from '../../forms/fields';
import { asSent, changedOnly, type Values } from '../../forms/values';
import { fieldsOf } from '../../forms/schema';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';
import { FileList } from './file-list';
import { PaperPick } from './paper-pick';

/** A known paper keeps what its row leaves empty; of a new one everything is said. */
const paperSaid = (row: Values): Values =>
  row['documentId'] === null || row['documentId'] === undefined
    ? row
    : Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null || name === 'lastDay'));

/** What a report proposes: changed items of the content, papers; nothing at all becomes no proposal. */
export function proposalSaid(body: Values, recorded: Values): Values {
  const proposal = (body['proposal'] ?? {}) as { organisation?: Values; documents?: Values[] };
  const organisation = changedOnly(proposal.organisation ?? {}, recorded);
  const documents = (proposal.documents ?? []).map(paperSaid);
  const isEmpty = Object.keys(organisation).length === 0 && documents.length === 0;
  return { ...body, proposal: isEmpty ? null : { organisation, documents } };
}

const contentFields = fieldsOf(z.object(organisationContent));
const contentOf = (reply: ReplyOf<typeof organisationRoutes.read> | undefined): Values =>
  asSent(contentFields, reply?.record ?? {});

interface ReportingProps {
  institutionId: string;
  organisationId: string;
}

function ReportForm<S extends AnyRoute>(
  props: Pick<ReportingProps, 'organisationId'> & {
    label: string;
    route: S;
    params: Asked<S>['params'];
    version?: number;
    primary?: boolean;
  },
) {
  const { organisationId, ...act } = props;
  const { t } = useWords();
  const query = useAsk(organisationRoutes.read, { params: { id: organisationId } });
  const recorded = contentOf(query.data);
  const overrides: Overrides = {
    kind: { label: t('changes.kind') },
    fileIds: { control: () => <FileList /> },
    proposal: { label: t('changes.proposal') },
    organisation: { label: t('changes.proposal.organisation') },
    documents: { label: t('changes.proposal.papers') },
    documentId: {
      label: t('papers.known'),
      help: t('papers.known.help'),
      control: () => <PaperPick organisationId={organisationId} />,
    },
    'proposal.documents.kind': { label: t('papers.kind') },
  };
  if (!query.data) return null;
  return (
    <ActButton
      {...act}
      initial={{ proposal: { organisation: recorded, documents: [] } }}
      overrides={overrides}
      prepare={(body) => proposalSaid(body, recorded)}
    >
      <p className="quiet">{t('changes.proposal.help')}</p>
    </ActButton>
  );
}

/** The institution's clerk tells of a change of its own. */
export function ReportChange({ institutionId, organisationId }: ReportingProps) {
  const { t } = useWords();
  return (
    <ReportForm
      primary
      label={t('changes.report')}
      route={changeRoutes.reportChange}
      params={{ id: institutionId }}
      organisationId={organisationId}
    />
  );
}

/** The clerk answers a duty, or reports anew what was returned. */
export function AnswerDuty({ id, version, organisationId }: { id: string; version: number; organisationId: string }) {
  const { t } = useWords();
  return (
    <ReportForm
      primary
      label={t('changes.answer')}
      route={changeRoutes.answerDuty}
      params={{ id }}
      version={version}
      organisationId={organisationId}
    />
  );
}
