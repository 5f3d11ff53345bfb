import { Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useEffect } from 'react';
import { inboxRoutes } from '../../../modules/notifications/inbox.contract';
import type { ReplyOf } from '../../api/client';
import { useAct, useAsk } from '../../api/hooks';
import { FaultNote, Waiting } from '../../app/faults';
import { listAndRecord } from '../../records/list-and-record';
import { Page, Sheet } from '../../records/page';
import { StoredFile } from '../../records/stored-file';
import { ListTable } from '../../tables/list-table';
import { useWords, type Words } from '../../words/language';
import { writeDay, writeInstant } from '../../words/write';

type Item = ReplyOf<typeof inboxRoutes.listInbox>['items'][number];

function Inbox() {
  const { t, language } = useWords();
  return (
    <Page title={t('inbox')}>
      <ListTable
        name="inbox"
        route={inboxRoutes.listInbox}
        rowKey={(i) => i.id}
        empty={t('inbox.none')}
        filters={[
          { name: 'unread', label: t('inbox.state'), options: [{ value: 'true', label: t('inbox.onlyUnread') }] },
        ]}
        columns={[
          {
            key: 'title',
            title: t('inbox.title'),
            render: (i: Item) => (
              <Link to={`/inbox/${i.id}`}>
                {i.openedAt === null ? <Tag color="green">{t('inbox.new')}</Tag> : null}
                {i.title}
              </Link>
            ),
          },
          { key: 'arrivedAt', title: t('inbox.arrivedAt'), render: (i: Item) => writeInstant(i.arrivedAt, language) },
          {
            key: 'deadline',
            title: t('inbox.deadline'),
            render: (i: Item) => (i.deadline ? writeDay(i.deadline, language) : '—'),
          },
          {
            key: 'formal',
            title: t('inbox.formal'),
            render: (i: Item) => (i.formal ? <Tag color="gold">{t('inbox.formal')}</Tag> : '—'),
          },
        ]}
      />
    </Page>
  );
}

function Message() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useAsk(inboxRoutes.readItem, { params: { id } });
  const open = useAct(inboxRoutes.openItem);
  const isUnread = query.data?.openedAt === null;
  useEffect(() => {
    if (isUnread) open.mutate({ params: { id } });
    // Once for the message at hand.
  }, [id, isUnread]);
  if (query.error) return <FaultNote error={query.error} />;
  if (!query.data) return <Waiting />;
  const { title, detail, arrivedAt, deadline, formal, deliveredOn, fileId } = query.data;
  return (
    <Page title={title}>
      <Sheet>
        <p>{detail}</p>
        <p className="quiet">
          {t('inbox.arrivedAt')} {writeInstant(arrivedAt, language)}
          {deadline ? ` · ${t('inbox.deadline')} ${writeDay(deadline, language)}` : ''}
          {formal ? ` · ${t('inbox.formal')}` : ''}
          {deliveredOn ? ` · ${t('inbox.deliveredOn')} ${writeDay(deliveredOn, language)}` : ''}
        </p>
        {fileId ? <StoredFile id={fileId} label={t('inbox.file')} /> : null}
      </Sheet>
    </Page>
  );
}

export const Screen = listAndRecord(Inbox, Message);

export const words: Words = {
  'inbox.none': ['没有通知', 'No notices'],
  'inbox.state': ['全部或未读', 'All or unread'],
  'inbox.onlyUnread': ['只看未读', 'Unread only'],
  'inbox.title': ['标题', 'Title'],
  'inbox.new': ['未读', 'New'],
  'inbox.arrivedAt': ['收到', 'Arrived'],
  'inbox.deadline': ['截止', 'Due'],
  'inbox.formal': ['正式文书', 'Formal'],
  'inbox.deliveredOn': ['送达日', 'Delivered'],
  'inbox.file': ['下载文书', 'Download the paper'],
};
