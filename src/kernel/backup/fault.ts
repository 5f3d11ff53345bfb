/** Why a backup or a restore cannot be done, in words for the operator: what is wrong, and what to do. */
export class BackupFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupFault';
  }
}
