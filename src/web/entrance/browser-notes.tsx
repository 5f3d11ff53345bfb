import { Alert } from 'antd';
import { isWeChat, maySignHere } from '../app/browser';
import { useWords } from '../words/language';

/** What this browser cannot do here, said before it is needed. */
export function BrowserNotes() {
  const { t } = useWords();
  return (
    <>
      {maySignHere() ? null : <Alert type="warning" showIcon title={t('signIn.plainHttp')} />}
      {isWeChat() ? <Alert type="warning" showIcon title={t('signIn.weChat')} /> : null}
    </>
  );
}
