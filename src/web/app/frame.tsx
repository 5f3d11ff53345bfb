import { lazy, Suspense, useEffect, useState } from 'react';
import { DownOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer, Dropdown, Layout, Menu, Tag } from 'antd';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { inboxRoutes } from '../../modules/notifications/inbox.contract';
import { useAsk } from '../api/hooks';
import { BrowserNotes } from '../entrance/browser-notes';
import { Waiting } from './faults';
import { chooseLanguage, useWords } from '../words/language';
import { useSay } from '../words/say';
import { areas, type Place } from './area';
import { reachScrollers } from './scrollers';
import { useMay, useStanding, type Post } from './session';
import { useTheme } from './theme';

const COLUMN = { 'zh-CN': 0, en: 1 } as const;
const FirstPasswordPage = lazy(() =>
  import('../entrance/first-password').then((m) => ({ default: m.FirstPasswordPage })),
);
const MustEnrolPage = lazy(() => import('../entrance/second-factor').then((m) => ({ default: m.MustEnrolPage })));

const UNREAD_EVERY = 60_000;

/** The areas with the places that the acting post may open. */
function useMenu(): { label: string; places: readonly Place[] }[] {
  const may = useMay();
  const { language } = useWords();
  const isOpen = (p: Place): boolean => !p.hidden && (p.permissions === undefined || may(...p.permissions));
  return areas
    .map((area) => ({ label: area.label[COLUMN[language]], places: area.places.filter(isOpen) }))
    .filter((area) => area.places.length > 0);
}

function MainMenu({ chosen }: { chosen: () => void }) {
  const { t, language } = useWords();
  const menu = useMenu();
  const { pathname } = useLocation();
  const item = (base: string, label: string) => ({ key: base, label: <Link to={`/${base}`}>{label}</Link> });
  const items = [
    item('', t('home')),
    ...menu.map(({ label, places }) => ({
      key: `area:${label}`,
      type: 'group' as const,
      label,
      children: places.map((p) => item(p.base, p.label[COLUMN[language]])),
    })),
  ];
  return (
    <nav aria-label={t('menu')}>
      <Menu mode="inline" items={items} selectedKeys={[pathname.split('/')[1] ?? '']} onClick={chosen} />
    </nav>
  );
}

function PostChoice() {
  const { t } = useWords();
  const say = useSay();
  const { session, post, choosePost } = useStanding();
  const name = (p: Post): string => {
    const place = [p.office].filter((text) => text !== null).join('');
    const role = say('role', p.role);
    const own = place === '' ? role : `${place} ${role}`;
    return p.deputyship ? `${own} · ${t('post.deputy', { name: p.deputyship.name })}` : own;
  };
  if (!post) return <Tag color="gold">{t('post.none')}</Tag>;
  if (session.posts.length === 1) return <span className="post">{name(post)}</span>;
  const items = session.posts.map((p) => ({ key: p.id, label: name(p) }));
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [post.id], onClick: ({ key }) => choosePost(key) }}>
      <Button className="post" aria-label={`${t('post.choose')}：${name(post)}`} danger={post.deputyship !== null}>
        <span className="post-name">{name(post)}</span> <DownOutlined />
      </Button>
    </Dropdown>
  );
}

/** Whoever acts for somebody else sees that on every screen. */
function DeputyBar() {
  const { t } = useWords();
  const { session, post, choosePost } = useStanding();
  if (!post?.deputyship) return null;
  const own = session.posts.find((p) => p.deputyship === null);
  return (
    <div className="deputy-bar no-print" role="status">
      <span>{t('post.acting.for', { name: post.deputyship.name })}</span>
      {own ? (
        <Button size="small" onClick={() => choosePost(own.id)}>
          {t('post.acting.back')}
        </Button>
      ) : null}
    </div>
  );
}

function TopBar({ openMenu }: { openMenu: () => void }) {
  const { t, language } = useWords();
  const { session, signOut } = useStanding();
  const { dark, toggle } = useTheme();
  const navigate = useNavigate();
  const unread = useAsk(inboxRoutes.countInbox, {}, { every: UNREAD_EVERY }).data?.unread ?? 0;
  const items = [
    { key: 'own', label: t('account.own'), onClick: () => void navigate('/own') },
    {
      key: 'language',
      label: t('language.choose'),
      onClick: () => void chooseLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    { key: 'theme', label: dark ? t('theme.light') : t('theme.dark'), onClick: toggle },
    { key: 'out', label: t('account.signOut'), onClick: () => void signOut() },
  ];
  return (
    <Layout.Header className="top">
      <Button
        className="menu-button"
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('menu.open')}
        onClick={openMenu}
      />
      <Link to="/" className="brand">
        <img src={new URL('../mark.svg', import.meta.url).href} alt="" width="28" height="28" />
        <span>{t('product')}</span>
        <span className="authority">{session.authority?.name ?? ''}</span>
      </Link>
      <div className="grow" />
      <PostChoice />
      <Badge count={unread} size="small" offset={[-4, 4]}>
        <Button
          type="text"
          onClick={() => void navigate('/inbox')}
          aria-label={`${t('inbox')}：${t('inbox.unread', { count: unread })}`}
        >
          {t('inbox')}
        </Button>
      </Badge>
      <Button
        type="text"
        className="wide-only"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        title={t('language.choose')}
        onClick={() => void chooseLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('language')}
      </Button>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" icon={<UserOutlined />} aria-label={`${t('account')}：${session.account.name}`}>
          <span className="account-name">{session.account.name}</span>
        </Button>
      </Dropdown>
    </Layout.Header>
  );
}

/** Top bar, menu and the screen; before that, whatever a session still has to do first. */
export function Frame() {
  const { t } = useWords();
  const { session, post } = useStanding();
  const [isOpen, setOpen] = useState(false);
  useEffect(reachScrollers, []);
  const first = session.mustChangePassword ? <FirstPasswordPage /> : session.mustEnrolTotp ? <MustEnrolPage /> : null;
  if (first) return <Suspense fallback={<Waiting />}>{first}</Suspense>;
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <TopBar openMenu={() => setOpen(true)} />
      <Layout>
        <Layout.Sider className="side" width={208} theme="light">
          <MainMenu chosen={() => undefined} />
        </Layout.Sider>
        <Drawer placement="left" size={264} open={isOpen} onClose={() => setOpen(false)} title={t('menu')}>
          <MainMenu chosen={() => setOpen(false)} />
        </Drawer>
        <Layout.Content id="content" className="content" tabIndex={-1}>
          <DeputyBar />
          <BrowserNotes />
          {/* Another post is another person's work, as another person's is: nothing of the former stays on the screen. */}
          <Outlet key={`${session.account.id} ${post?.id ?? 'none'}`} />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
