export type LaneDecision = 'run' | 'skip' | 'fail';

/** What becomes of tests that need a server: with `required`, a missing server is a failure and never a skip. */
export const decideLane = (isAvailable: boolean, required: boolean): LaneDecision => {
  if (isAvailable) return 'run';
  return required ? 'fail' : 'skip';
};

/** Whether CI asked that server tests really run. */
export const serversRequired = (): boolean => process.env['LUJIAN_SERVERS'] === 'required';

/**
 * A `describe` for tests that need software a machine may lack. Absent, it prints one line and skips; with
 * LUJIAN_SERVERS=required it fails instead.
 */
export const serverLane = (title: string, needs: string, isAvailable: boolean, body: () => void): void => {
  const decision = decideLane(isAvailable, serversRequired());
  if (decision === 'run') {
    describe(title, body);
    return;
  }
  if (decision === 'fail') {
    test(title, () => {
      throw new Error(`${needs} is not on this machine, and LUJIAN_SERVERS=required`);
    });
    return;
  }
  process.stderr.write(`SKIPPED: ${title}: ${needs} is not on this machine; LUJIAN_SERVERS=required makes this fail\n`);
  describe.skip(title, body);
};
