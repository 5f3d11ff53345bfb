import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { permissions, type Permission } from '../../../modules/identity/permissions';
import { useMay } from '../../app/session';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';

export interface NextStepProps {
  label: string;
  text: ReactNode;
  actions?: ReactNode;
  /** What doing it takes, one of them; whoever may not would look for a button in vain and reads who may. */
  needs?: readonly Permission[];
}

/** Who may do at least one of these, in words. */
export function useRolesOf(): (needs: readonly Permission[]) => string {
  const { language } = useWords();
  const say = useSay();
  return (needs) =>
    [...new Set(needs.flatMap((p) => permissions[p]))]
      .map((r) => say('role', r))
      .join(language === 'en' ? ' or ' : '或');
}

/** What is to be done now, in a sentence, with the button that does it, or with who does it. */
export function NextStep({ label, text, actions, needs = [] }: NextStepProps) {
  const { t } = useWords();
  const rolesOf = useRolesOf();
  const may = useMay();
  const isOthers = needs.length > 0 && !may(...needs);
  return (
    <div className="next-step">
      <Alert
        type="info"
        title={label}
        description={
          <>
            <p>{text}</p>
            {isOthers ? <p className="quiet">{t('next.by', { roles: rolesOf(needs) })}</p> : null}
            {actions ? <div className="actions">{actions}</div> : null}
          </>
        }
      />
    </div>
  );
}
