import { useMemo, useState } from 'react';
import { Button, Drawer } from 'antd';
import { postRoutes } from '../../../modules/identity/posts/posts.contract';
import type { Role } from '../../../modules/identity/permissions';
import type { ReplyOf } from '../../api/client';
import { now } from '../../app/browser';
import type { Overrides } from '../../forms/fields';
import { ActForm } from '../../forms/act-form';
import { useWords, type Words } from '../../words/language';
import { inBeijing } from '../../words/write';
import { PartyPick } from './party-pick';
import { partyFieldOf, RoleChoice } from './roles';

export interface GrantProps {
  accountId: string;
  /** Chosen beforehand, by the list of what is still to do. */
  role?: Role;
  done: (post: ReplyOf<typeof postRoutes.grantPost>) => void;
  cancel?: () => void;
}

const needsLetter = (role: Role): boolean => role === 'institution' || role === 'seal-keeper';

/** How the fields of a letter of authorisation are called. */
export const letterOverrides = (t: (key: string) => string): Overrides => ({
  number: { label: t('letters.number') },
  fileId: { label: t('letters.scan'), help: t('letters.scan.help') },
  paper: { label: t('letters.paper'), help: '' },
  lastDay: { label: t('letters.lastDay'), help: '' },
});

/** Grants a post: the role first, then only what that role asks for. */
export function GrantForm({ accountId, role: given, done, cancel }: GrantProps) {
  const { t } = useWords();
  const [role, setRole] = useState<Role | undefined>(given);
  const party = role && partyFieldOf(role);
  const fixed = useMemo(() => {
    const none = ['institutionId', 'organisationId', 'expertId'].filter((name) => name !== party);
    const place = party ? ['authorityId', 'office'] : [];
    const letter = role && needsLetter(role) ? [] : ['letter'];
    // What the role does not ask for is neither shown nor sent, whatever stood there under another role.
    const left = [...none, ...place, ...letter].map((name) => [name, undefined] as const);
    return { accountId, role, ...Object.fromEntries(left) };
  }, [accountId, role, party]);
  return (
    <>
      <RoleChoice id="grant-role" value={role} onChange={setRole} />
      {role ? (
        <ActForm
          key={role}
          route={postRoutes.grantPost}
          fixed={fixed}
          initial={{ from: inBeijing(now()).day }}
          submitLabel={t('posts.grant')}
          overrides={{
            institutionId: { label: t('posts.institution'), help: '', control: () => <PartyPick kind="institution" /> },
            organisationId: {
              label: t('posts.organisation'),
              help: '',
              control: () => <PartyPick kind="organisation" />,
            },
            expertId: {
              label: t('posts.expert'),
              help: t('posts.expert.help'),
              control: () => <PartyPick kind="expert" />,
            },
            authorityId: { label: t('posts.authority'), help: t('posts.authority.help') },
            office: { label: t('posts.office'), help: t('posts.office.help') },
            letter: { label: t('posts.letter') },
            ...letterOverrides(t),
            from: { label: t('posts.from') },
            to: { label: t('posts.to'), help: t('posts.to.help') },
          }}
          done={done}
          cancel={cancel}
        />
      ) : null}
    </>
  );
}

/** The same in a drawer. */
export function GrantButton({ accountId, primary }: { accountId: string; primary?: boolean }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} onClick={() => setOpen(true)}>
        {t('posts.grant')}
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={t('posts.grant')} size={640} destroyOnHidden>
        <GrantForm accountId={accountId} done={() => setOpen(false)} cancel={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

export const grantWords: Words = {
  'posts.grant': ['设立岗位', 'Grant a post'],
  'posts.institution': ['评估机构', 'Institution'],
  'posts.organisation': ['矿山企业', 'Operator'],
  'posts.expert': ['评估人员', 'Expert'],
  'posts.expert.help': ['须先登记；按姓名全称或人员编号查找', 'Registered before; by full name or number'],
  'posts.find': ['按名称或统一社会信用代码查找', 'By name or credit code'],
  'posts.find.expert': ['按姓名全称或人员编号查找', 'By full name or number'],
  'posts.authority': ['所属主管机关', 'Authority'],
  'posts.authority.help': ['不填为本系统所属的机关', 'Left empty: the authority that owns the installation'],
  'posts.office': ['处室', 'Office'],
  'posts.office.help': [
    '显示在办理记录中，例如 矿产资源保护监督处',
    'Shown with what is done, such as the name of a division',
  ],
  'posts.letter': ['授权书', 'Letter of authorisation'],
  'posts.from': ['自', 'From'],
  'posts.to': ['至（含当日）', 'Last day'],
  'posts.to.help': ['不填为长期', 'Left empty: without end'],
  'letters.number': ['授权书编号', 'Number of the letter'],
  'letters.scan': ['扫描件', 'Scan'],
  'letters.scan.help': ['扫描件和存放说明至少填一项', 'The scan or where the paper is kept: one of the two'],
  'letters.paper': ['纸质授权书的存放说明', 'Where the paper is kept'],
  'letters.lastDay': ['授权最后一日（含）', 'Last day of the letter'],
};
