import { Checkbox } from 'antd';
import { signInPolicyRoutes } from '../../../modules/identity/sign-in-policy/sign-in-policy.contract';
import { administrators, roles, type Role } from '../../../modules/identity/permissions';
import { useAsk } from '../../api/hooks';
import { useMay } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useWords, type Words } from '../../words/language';
import { useSay } from '../../words/say';

const isFixed = (role: Role): boolean => (administrators as readonly Role[]).includes(role);

/** The roles by name; the administrators are always among them. */
function RoleBoxes({ value, onChange }: { value?: Role[]; onChange?: (roles: Role[]) => void }) {
  const say = useSay();
  return (
    <Checkbox.Group<Role>
      className="boxes"
      value={value}
      onChange={(chosen) => onChange?.(roles.filter((r) => isFixed(r) || chosen.includes(r)))}
      options={roles.map((role) => ({ value: role, label: say('role', role), disabled: isFixed(role) }))}
    />
  );
}

/** Which posts need a second factor, and how long one-time passwords are good. */
export function SignInPolicyButton() {
  const { t } = useWords();
  const may = useMay();
  const query = useAsk(signInPolicyRoutes.readSignInPolicy);
  if (!query.data || !may('account.sign-in-policy')) return null;
  const { shipped: _shipped, ...policy } = query.data;
  return (
    <ActButton
      key={JSON.stringify(policy)}
      label={t('signInPolicy')}
      route={signInPolicyRoutes.setSignInPolicy}
      initial={policy}
      overrides={{
        secondFactorRoles: {
          label: t('signInPolicy.roles'),
          help: t('signInPolicy.roles.help'),
          control: () => <RoleBoxes />,
        },
        graceDays: { label: t('signInPolicy.grace'), help: t('signInPolicy.grace.help') },
        oneTimePasswordDays: { label: t('signInPolicy.days'), help: t('signInPolicy.days.help') },
      }}
    />
  );
}

export const signInPolicyWords: Words = {
  signInPolicy: ['登录规定', 'Rules of signing in'],
  'signInPolicy.roles': ['须启用动态口令的岗位', 'Posts that need a second factor'],
  'signInPolicy.roles.help': [
    '设定后随即对所有人生效；三员始终须启用。',
    'Holds at once for everybody; the three administrators always need it.',
  ],
  'signInPolicy.grace': ['宽限天数', 'Days of grace'],
  'signInPolicy.grace.help': [
    '自岗位起始日算，0 至 30；0 为首次登录即须启用',
    'From the first day of the post, 0 to 30; 0: at the first sign-in',
  ],
  'signInPolicy.days': ['一次性口令有效天数', 'Days that a one-time password is good'],
  'signInPolicy.days.help': ['1 至 30', '1 to 30'],
};
