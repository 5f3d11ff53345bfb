/**
 * Tables that a backup leaves out, with the reason. Everything else is carried: also kept replies (a client that repeats
 * a request after the restore gets the first answer, and nothing is done twice) and failed sign-ins (a restore is no way
 * around the brake).
 */
export const leftOut: Readonly<Record<string, string>> = {
  web_session: 'a session that ended after the backup would be open again; everybody signs in anew',
  oidc_attempt: 'sign-ins under way, which last some minutes',
  job_lease: 'the processes that hold them are not those of the restored service; every job becomes due',
  commit_marker: 'they settle commits of processes that run, and none of these asks the restored database',
};
