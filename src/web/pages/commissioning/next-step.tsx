import { Alert } from 'antd';
import type { ReactNode } from 'react';

/** What is to be done now, in a sentence, with the button that does it. */
export function NextStep({ label, text, actions }: { label: string; text: ReactNode; actions?: ReactNode }) {
  return (
    <div className="next-step">
      <Alert
        type="info"
        title={label}
        description={
          <>
            <p>{text}</p>
            {actions ? <div className="actions">{actions}</div> : null}
          </>
        }
      />
    </div>
  );
}
