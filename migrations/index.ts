import { CreateSubjectGuard1795400000001 } from './1795400000001-create-subject-guard';
import { CreateCommitMarker1795400000002 } from './1795400000002-create-commit-marker';
import { CreateIdempotency1795400000003 } from './1795400000003-create-idempotency';
import { CreateInstallation1795400000004 } from './1795400000004-create-installation';
import { CreateKeyVault1795400000005 } from './1795400000005-create-key-vault';
import { CreateJobLease1795400000006 } from './1795400000006-create-job-lease';
import { CreateAuditEntry1795401000001 } from './1795401000001-create-audit-entry';

/** The schema's history, oldest first; append only. */
export const migrations = [
  CreateSubjectGuard1795400000001,
  CreateCommitMarker1795400000002,
  CreateIdempotency1795400000003,
  CreateInstallation1795400000004,
  CreateKeyVault1795400000005,
  CreateJobLease1795400000006,
  CreateAuditEntry1795401000001,
];
