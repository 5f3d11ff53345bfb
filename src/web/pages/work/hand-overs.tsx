import { Button } from 'antd';
import { Link, Route, Routes, useNavigate } from 'react-router';
import { handOverRoutes } from '../../../modules/identity/hand-overs/hand-overs.contract';
import type { ReplyOf } from '../../api/client';
import { useStanding } from '../../app/session';
import { Page } from '../../records/page';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { State } from '../../words/say';
import { writeInstant } from '../../words/write';
import { workWords } from '../home/work-rows';
import { colleagueWords } from '../system/party-pick';
import { HandOver } from './hand-over';
import { NewHandOver } from './hand-over-new';
import { useHolders } from './holders';

type Row = ReplyOf<typeof handOverRoutes.listHandOvers>['items'][number];

function List() {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const holders = useHolders();
  const { post } = useStanding();
  const states = ['prepared', 'part-signed', 'completed', 'cancelled'] as const;
  return (
    <Page
      title={t('handOvers')}
      actions={
        post?.deputyship ? null : (
          <Button type="primary" onClick={() => void navigate('/hand-overs/new')}>
            {t('handOvers.new')}
          </Button>
        )
      }
    >
      <ListTable
        name="hand-overs"
        route={handOverRoutes.listHandOvers}
        rowKey={(h) => h.id}
        empty={t('handOvers.none')}
        filters={[
          {
            name: 'state',
            label: t('handOvers.state'),
            options: states.map((value) => ({ value, label: t(`hand-over.${value}`) })),
          },
        ]}
        columns={[
          {
            key: 'giver',
            title: t('handOvers.giver'),
            render: (h: Row) => <Link to={`/hand-overs/${h.id}`}>{holders.get(h.giverPostId)?.name ?? t('view')}</Link>,
          },
          { key: 'itemCount', title: t('handOvers.count'), align: 'right', render: (h: Row) => h.itemCount },
          { key: 'state', title: t('handOvers.state'), render: (h: Row) => <State of="hand-over" value={h.state} /> },
          {
            key: 'preparedAt',
            title: t('handOvers.preparedAt'),
            render: (h: Row) => writeInstant(h.preparedAt, language),
          },
        ]}
      />
    </Page>
  );
}

export function Screen() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path="new" element={<NewHandOver />} />
      <Route path=":id" element={<HandOver />} />
    </Routes>
  );
}

export const words: Words = {
  ...colleagueWords,
  ...workWords,
  handOvers: ['工作交接', 'Hand-overs'],
  'handOvers.all': ['全部交接', 'All hand-overs'],
  'handOvers.none': ['没有工作交接', 'No hand-over'],
  'handOvers.new': ['拟定工作交接', 'Prepare a hand-over'],
  'handOvers.new.detail': [
    '选定接收人和事项后，清单即封存；移交人和接收人各以本人账号签字，签齐时事项转到接收人名下。',
    'Once receiver and items are chosen the list is frozen. Giver and receiver sign by their own accounts; the last signature moves the work.',
  ],
  'handOvers.giver': ['移交人', 'Giver'],
  'handOvers.giver.first': ['请先选定移交人', 'Choose the giver first'],
  'handOvers.receiver': ['接收人', 'Receiver'],
  'handOvers.items': ['移交事项', 'Items'],
  'handOvers.items.help': ['不选为全部在办事项', 'None chosen: all that are open'],
  'handOvers.nothing': ['没有在办事项，无须交接', 'Nothing is open, so nothing is to be handed over'],
  'handOvers.prepareAll': ['封存清单（全部在办事项）', 'Freeze the list (all that is open)'],
  'handOvers.prepare': ['封存清单（所选 {count} 项）', 'Freeze the list ({count} chosen)'],
  'handOvers.choose': ['请选定移交人和接收人', 'Choose giver and receiver'],
  'handOvers.count': ['事项数', 'Items'],
  'handOvers.state': ['状态', 'State'],
  'handOvers.preparedAt': ['拟定时间', 'Prepared'],
  'hand-over.prepared': ['待签字', 'To be signed'],
  'hand-over.part-signed': ['签字中', 'Part signed'],
  'hand-over.completed': ['已移交', 'Handed over'],
  'hand-over.cancelled': ['已取消', 'Cancelled'],
  'handOvers.list': ['交接清单', 'The list'],
  'handOvers.no': ['序号', 'No.'],
  'handOvers.openedAt': ['自何时起在办', 'Open since'],
  'handOvers.outcome': ['结果', 'Outcome'],
  'outcome.moved': ['已移交', 'Moved'],
  'outcome.closed': ['移交前已办结', 'Done before'],
  'outcome.elsewhere': ['移交前已转由他岗', 'Moved elsewhere before'],
  'posts.person': ['人员', 'Person'],
  'handOvers.signatures': ['签字', 'Signatures'],
  'handOvers.side.giver': ['移交人', 'Giver'],
  'handOvers.side.receiver': ['接收人', 'Receiver'],
  'handOvers.signedAt': ['签字时间', 'Signed'],
  'handOvers.unsigned': ['尚未签字', 'Not signed'],
  'handOvers.byLead': ['由处室负责人凭签字扫描件确认', 'Confirmed by the lead on the signed scan'],
  'handOvers.sign': ['签字', 'Sign'],
  'handOvers.sign.sure': [
    '您已阅看清单全部 {count} 项并签字确认。签齐后事项即转到接收人名下，不能撤回。',
    'You have read all {count} items and sign for them. When all have signed the work moves, and that cannot be undone.',
  ],
  'handOvers.signFor': ['代已离岗的移交人确认', 'Confirm for a giver who is gone'],
  'handOvers.scan': ['移交人签字的清单扫描件', 'Scan of the list that the giver signed'],
  'handOvers.paper': ['纸质清单的存放说明', 'Where the paper is kept'],
  'handOvers.cancel': ['取消交接', 'Cancel'],
  'handOvers.reason': ['原因', 'Reason'],
  'handOvers.pdf': ['打印清单（PDF）', 'The list as PDF'],
  'handOvers.sha': ['清单摘要（SHA-256）', 'Digest of the list (SHA-256)'],
};
