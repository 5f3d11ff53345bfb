import { authorityRoutes } from '../../../modules/identity/authorities/authorities.contract';
import { useStanding } from '../../app/session';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';

/** Names the authority that owns the installation; done once. */
export function SetAuthorityButton() {
  const { t } = useWords();
  const { refresh } = useStanding();
  return (
    <ActButton
      primary
      label={t('authorities.set')}
      route={authorityRoutes.setAuthority}
      initial={{ kind: 'natural-resources' }}
      overrides={{
        code: { label: t('authorities.code'), help: t('authorities.code.help') },
        name: { label: t('authorities.name'), help: t('authorities.name.help') },
        kind: { label: t('authorities.kind') },
      }}
      done={() => void refresh()}
    >
      <p className="quiet">{t('authorities.set.once')}</p>
    </ActButton>
  );
}
