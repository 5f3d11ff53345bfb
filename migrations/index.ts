import { CreateSubjectGuard1795400000001 } from './1795400000001-create-subject-guard';
import { CreateCommitMarker1795400000002 } from './1795400000002-create-commit-marker';
import { CreateIdempotency1795400000003 } from './1795400000003-create-idempotency';
import { CreateInstallation1795400000004 } from './1795400000004-create-installation';
import { CreateKeyVault1795400000005 } from './1795400000005-create-key-vault';
import { CreateJobLease1795400000006 } from './1795400000006-create-job-lease';
import { CreateAuditEntry1795401000001 } from './1795401000001-create-audit-entry';
import { CreateAccount1795402000001 } from './1795402000001-create-account';
import { CreateApiKey1795402000002 } from './1795402000002-create-api-key';
import { CreateAuthority1795402000003 } from './1795402000003-create-authority';
import { CreatePost1795402000004 } from './1795402000004-create-post';
import { CreateSignInBrake1795402000005 } from './1795402000005-create-sign-in-brake';
import { CreateWebSession1795402000006 } from './1795402000006-create-web-session';
import { CreateStoredFile1795404000001 } from './1795404000001-create-stored-file';
import { CreateCertificate1795405000001 } from './1795405000001-create-certificate';
import { CreateOrganisation1795408000001 } from './1795408000001-create-organisation';
import { CreateOrganisationVersion1795408000002 } from './1795408000002-create-organisation-version';
import { CreateInstitution1795409000001 } from './1795409000001-create-institution';
import { CreateInstitutionVersion1795409000002 } from './1795409000002-create-institution-version';
import { CreateExpert1795410000001 } from './1795410000001-create-expert';
import { CreateExpertIdentity1795410000002 } from './1795410000002-create-expert-identity';
import { CreateExpertVersion1795410000003 } from './1795410000003-create-expert-version';
import { CreateEmployment1795410000004 } from './1795410000004-create-employment';
import { CreateEmploymentVersion1795410000005 } from './1795410000005-create-employment-version';
import { CreateMine1795411000001 } from './1795411000001-create-mine';
import { CreateMineVersion1795411000002 } from './1795411000002-create-mine-version';
import { CreateMineImport1795411000003 } from './1795411000003-create-mine-import';
import { CreateBar1795413000001 } from './1795413000001-create-bar';
import { CreateBarStay1795413000002 } from './1795413000002-create-bar-stay';
import { CreatePoolEntry1795415000001 } from './1795415000001-create-pool-entry';
import { CreateLot1795415000002 } from './1795415000002-create-lot';
import { CreateLotMine1795415000003 } from './1795415000003-create-lot-mine';
import { CreateLotCandidate1795415000004 } from './1795415000004-create-lot-candidate';
import { CreateAssignment1795415000005 } from './1795415000005-create-assignment';
import { CreateAssignmentMine1795415000006 } from './1795415000006-create-assignment-mine';
import { CreateConflictStatement1795415000007 } from './1795415000007-create-conflict-statement';
import { CreateEngagement1795415000008 } from './1795415000008-create-engagement';
import { CreateEvaluation1795416000001 } from './1795416000001-create-evaluation';
import { CreateTeamMember1795416000002 } from './1795416000002-create-team-member';
import { CreateEvidence1795416000003 } from './1795416000003-create-evidence';
import { CreatePledge1795417000001 } from './1795417000001-create-pledge';
import { CreatePledgeSigner1795417000002 } from './1795417000002-create-pledge-signer';
import { CreatePledgeRevision1795417000003 } from './1795417000003-create-pledge-revision';
import { CreatePayment1795418000001 } from './1795418000001-create-payment';
import { CreateFinding1795418000002 } from './1795418000002-create-finding';
import { CreateCaseFile1795420000001 } from './1795420000001-create-case-file';
import { CreateCaseSubject1795420000002 } from './1795420000002-create-case-subject';
import { CreateCaseStep1795420000003 } from './1795420000003-create-case-step';
import { CreateAuthorityBody1795502000001 } from './1795502000001-create-authority-body';
import { CreateAuthorityVersion1795502000002 } from './1795502000002-create-authority-version';
import { MoveAuthorityBody1795502000003 } from './1795502000003-move-authority-body';
import { MoveAuthorityVersion1795502000004 } from './1795502000004-move-authority-version';
import { DropAuthority1795502000005 } from './1795502000005-drop-authority';
import { AddPostAuthorityId1795502000006 } from './1795502000006-add-post-authority-id';
import { AddPostOffice1795502000007 } from './1795502000007-add-post-office';
import { AddPostLetterUntil1795502000008 } from './1795502000008-add-post-letter-until';
import { FillPostAuthorityId1795502000009 } from './1795502000009-fill-post-authority-id';
import { AddLotAuthorityId1795502000010 } from './1795502000010-add-lot-authority-id';
import { AddPoolEntryAuthorityId1795502000011 } from './1795502000011-add-pool-entry-authority-id';
import { AddCaseFileAuthorityId1795502000012 } from './1795502000012-add-case-file-authority-id';
import { FillRecordAuthorityId1795502000013 } from './1795502000013-fill-record-authority-id';
import { CreateAuthorisationLetter1795502000014 } from './1795502000014-create-authorisation-letter';
import { CreateDeputyship1795502000015 } from './1795502000015-create-deputyship';
import { AddAuditEntryRepresented1795502000016 } from './1795502000016-add-audit-entry-represented';
import { AddCaseStepRepresented1795502000017 } from './1795502000017-add-case-step-represented';
import { AddCaseSubjectRepresented1795502000018 } from './1795502000018-add-case-subject-represented';
import { CreateWorkItem1795502000019 } from './1795502000019-create-work-item';
import { FillWorkItem1795502000020 } from './1795502000020-fill-work-item';
import { CreateHandOver1795502000021 } from './1795502000021-create-hand-over';
import { CreateHandOverItem1795502000022 } from './1795502000022-create-hand-over-item';
import { CreateHandOverParty1795502000023 } from './1795502000023-create-hand-over-party';
import { CreateRecoveryCode1795503000001 } from './1795503000001-create-recovery-code';
import { AddWebSessionTraces1795503000002 } from './1795503000002-add-web-session-traces';
import { CreateOidcAttempt1795503000003 } from './1795503000003-create-oidc-attempt';
import { CreateOidcLink1795503000004 } from './1795503000004-create-oidc-link';
import { CreatePolicyProfile1795504000001 } from './1795504000001-create-policy-profile';
import { CreatePolicyAct1795504000002 } from './1795504000002-create-policy-act';
import { AddTeamNamedOn1795504000003 } from './1795504000003-add-team-named-on';
import { CreateCalendarTable1795505000001 } from './1795505000001-create-calendar-table';
import { CreateDeadline1795505000002 } from './1795505000002-create-deadline';
import { CreateDeadlineHolder1795505000003 } from './1795505000003-create-deadline-holder';
import { CreateNotification1795505000004 } from './1795505000004-create-notification';
import { CreateInboxItem1795505000005 } from './1795505000005-create-inbox-item';
import { CreateContact1795505000006 } from './1795505000006-create-contact';
import { CreateDelivery1795505000007 } from './1795505000007-create-delivery';
import { CreateServiceConsent1795505000008 } from './1795505000008-create-service-consent';
import { CreateOrganisationDocument1795506000001 } from './1795506000001-create-organisation-document';
import { AddInstitutionTraining1795506000002 } from './1795506000002-add-institution-training';
import { AddOrganisationPersonality1795506000003 } from './1795506000003-add-organisation-personality';
import { CreateOrganisationOwner1795506000004 } from './1795506000004-create-organisation-owner';
import { CreateOrganisationFormerCode1795506000005 } from './1795506000005-create-organisation-former-code';
import { CreateOrganisationSuccessor1795506000006 } from './1795506000006-create-organisation-successor';
import { AddMineWorking1795506000007 } from './1795506000007-add-mine-working';
import { CreateMineLicence1795506000008 } from './1795506000008-create-mine-licence';
import { CreateMineListEntry1795506000009 } from './1795506000009-create-mine-list-entry';
import { CreateMineContact1795506000010 } from './1795506000010-create-mine-contact';
import { CreateMineContactProposal1795506000011 } from './1795506000011-create-mine-contact-proposal';
import { CreateInstitutionChange1795506000012 } from './1795506000012-create-institution-change';
import { AddExpertEvidence1795507000001 } from './1795507000001-add-expert-evidence';
import { AddEmploymentSheet1795507000002 } from './1795507000002-add-employment-sheet';
import { AddEmploymentEvidence1795507000003 } from './1795507000003-add-employment-evidence';
import { IndexEmploymentSheet1795507000004 } from './1795507000004-index-employment-sheet';
import { CreateEmploymentObjection1795507000005 } from './1795507000005-create-employment-objection';
import { CreateExpertMerge1795507000006 } from './1795507000006-create-expert-merge';
import { CreateExpertDoubt1795507000007 } from './1795507000007-create-expert-doubt';
import { AddIdentityTrail1795507000008 } from './1795507000008-add-identity-trail';
import { CreateSheetImport1795508000001 } from './1795508000001-create-sheet-import';
import { CreateSheetImportRow1795508000002 } from './1795508000002-create-sheet-import-row';
import { CreateSheetImportNote1795508000003 } from './1795508000003-create-sheet-import-note';
import { IndexSheetImportRowKey1795508000004 } from './1795508000004-index-sheet-import-row-key';
import { CreateNameGram1795509000001 } from './1795509000001-create-name-gram';
import { CreateNameFollower1795509000002 } from './1795509000002-create-name-follower';
import { FillNameGram1795509000003 } from './1795509000003-fill-name-gram';
import { CreateNameText1795509000004 } from './1795509000004-create-name-text';
import { FillNameText1795509000005 } from './1795509000005-fill-name-text';
import { IndexMineVersionByProvince1795509000006 } from './1795509000006-index-mine-version-by-province';
import { IndexPoolEntryByDay1795509000007 } from './1795509000007-index-pool-entry-by-day';
import { CreateFileAttachment1795602000001 } from './1795602000001-create-file-attachment';
import { FillFileAttachment1795602000002 } from './1795602000002-fill-file-attachment';
import { AddStoredFileAuthorityId1795602000003 } from './1795602000003-add-stored-file-authority-id';
import { AddAccountOneTime1795603000001 } from './1795603000001-add-account-one-time';
import { AddSessionSecondFactor1795603000002 } from './1795603000002-add-session-second-factor';
import { CreatePoolDecision1795604000001 } from './1795604000001-create-pool-decision';
import { AddPoolEntryDays1795604000002 } from './1795604000002-add-pool-entry-days';
import { FillPoolEntryAdmitted1795604000003 } from './1795604000003-fill-pool-entry-admitted';
import { AddExpertPhone1795604000004 } from './1795604000004-add-expert-phone';
import { CreateExpertCorrection1795604000005 } from './1795604000005-create-expert-correction';
import { CreateWorkExclusion1795605000001 } from './1795605000001-create-work-exclusion';
import { IndexWorkItemByKind1795605000002 } from './1795605000002-index-work-item-by-kind';
import { FillWorkChecks1795605000003 } from './1795605000003-fill-work-checks';
import { FillWorkExclusion1795605000004 } from './1795605000004-fill-work-exclusion';
import { ReckonDocumentExpiry1795606000001 } from './1795606000001-reckon-document-expiry';
import { FillLetterExpiry1795606000002 } from './1795606000002-fill-letter-expiry';
import { AddNotificationPaper1795607000001 } from './1795607000001-add-notification-paper';
import { AddCaseSubjectNoticeId1795607000002 } from './1795607000002-add-case-subject-notice-id';
import { AddPolicyProfileWithdrawal1795608000001 } from './1795608000001-add-policy-profile-withdrawal';
import { AddInstitutionVersionManualDecision1795608000002 } from './1795608000002-add-institution-version-manual-decision';
import { FillInstitutionVersionManualDecision1795608000003 } from './1795608000003-fill-institution-version-manual-decision';
import { DropInstitutionManualDecision1795608000004 } from './1795608000004-drop-institution-manual-decision';
import { AddWebSessionIdToken1795609000001 } from './1795609000001-add-web-session-id-token';
import { AddOidcAttemptIdToken1795609000002 } from './1795609000002-add-oidc-attempt-id-token';
import { AddSheetImportTries1795610000001 } from './1795610000001-add-sheet-import-tries';
import { MendChangeProposal1795610000009 } from './1795610000009-mend-change-proposal';
import { AddAuditEntrySubject1795620000110 } from './1795620000110-add-audit-entry-subject';
import { FillAuditEntrySubject1795620000111 } from './1795620000111-fill-audit-entry-subject';
import { IndexAuditEntryAccount1795620000112 } from './1795620000112-index-audit-entry-account';
import { IndexAuditEntryRole1795620000113 } from './1795620000113-index-audit-entry-role';
import { NoteJobRuns1795620000114 } from './1795620000114-note-job-runs';
import { CreateLogOrigin1795620000120 } from './1795620000120-create-log-origin';
import { CreateLogAudit1795620000121 } from './1795620000121-create-log-audit';
import { IndexDeliverySent1795609900001 } from './1795609900001-index-delivery-sent';
import { CreateLogTables1795620000001 } from './1795620000001-create-log-tables';
import { FillLogPending1795620000002 } from './1795620000002-fill-log-pending';
import { CreateAuditRecord1795620000131 } from './1795620000131-create-audit-record';
import { FillAuditRecord1795620000132 } from './1795620000132-fill-audit-record';

/** The schema's history, oldest first; append only. */
export const migrations = [
  CreateSubjectGuard1795400000001,
  CreateCommitMarker1795400000002,
  CreateIdempotency1795400000003,
  CreateInstallation1795400000004,
  CreateKeyVault1795400000005,
  CreateJobLease1795400000006,
  CreateAuditEntry1795401000001,
  CreateAccount1795402000001,
  CreateApiKey1795402000002,
  CreateAuthority1795402000003,
  CreatePost1795402000004,
  CreateSignInBrake1795402000005,
  CreateWebSession1795402000006,
  CreateStoredFile1795404000001,
  CreateCertificate1795405000001,
  CreateOrganisation1795408000001,
  CreateOrganisationVersion1795408000002,
  CreateInstitution1795409000001,
  CreateInstitutionVersion1795409000002,
  CreateExpert1795410000001,
  CreateExpertIdentity1795410000002,
  CreateExpertVersion1795410000003,
  CreateEmployment1795410000004,
  CreateEmploymentVersion1795410000005,
  CreateMine1795411000001,
  CreateMineVersion1795411000002,
  CreateMineImport1795411000003,
  CreateBar1795413000001,
  CreateBarStay1795413000002,
  CreatePoolEntry1795415000001,
  CreateLot1795415000002,
  CreateLotMine1795415000003,
  CreateLotCandidate1795415000004,
  CreateAssignment1795415000005,
  CreateAssignmentMine1795415000006,
  CreateConflictStatement1795415000007,
  CreateEngagement1795415000008,
  CreateEvaluation1795416000001,
  CreateTeamMember1795416000002,
  CreateEvidence1795416000003,
  CreatePledge1795417000001,
  CreatePledgeSigner1795417000002,
  CreatePledgeRevision1795417000003,
  CreatePayment1795418000001,
  CreateFinding1795418000002,
  CreateCaseFile1795420000001,
  CreateCaseSubject1795420000002,
  CreateCaseStep1795420000003,
  CreateAuthorityBody1795502000001,
  CreateAuthorityVersion1795502000002,
  MoveAuthorityBody1795502000003,
  MoveAuthorityVersion1795502000004,
  DropAuthority1795502000005,
  AddPostAuthorityId1795502000006,
  AddPostOffice1795502000007,
  AddPostLetterUntil1795502000008,
  FillPostAuthorityId1795502000009,
  AddLotAuthorityId1795502000010,
  AddPoolEntryAuthorityId1795502000011,
  AddCaseFileAuthorityId1795502000012,
  FillRecordAuthorityId1795502000013,
  CreateAuthorisationLetter1795502000014,
  CreateDeputyship1795502000015,
  AddAuditEntryRepresented1795502000016,
  AddCaseStepRepresented1795502000017,
  AddCaseSubjectRepresented1795502000018,
  CreateWorkItem1795502000019,
  FillWorkItem1795502000020,
  CreateHandOver1795502000021,
  CreateHandOverItem1795502000022,
  CreateHandOverParty1795502000023,
  CreateRecoveryCode1795503000001,
  AddWebSessionTraces1795503000002,
  CreateOidcAttempt1795503000003,
  CreateOidcLink1795503000004,
  CreatePolicyProfile1795504000001,
  CreatePolicyAct1795504000002,
  AddTeamNamedOn1795504000003,
  CreateCalendarTable1795505000001,
  CreateDeadline1795505000002,
  CreateDeadlineHolder1795505000003,
  CreateNotification1795505000004,
  CreateInboxItem1795505000005,
  CreateContact1795505000006,
  CreateDelivery1795505000007,
  CreateServiceConsent1795505000008,
  CreateOrganisationDocument1795506000001,
  AddInstitutionTraining1795506000002,
  AddOrganisationPersonality1795506000003,
  CreateOrganisationOwner1795506000004,
  CreateOrganisationFormerCode1795506000005,
  CreateOrganisationSuccessor1795506000006,
  AddMineWorking1795506000007,
  CreateMineLicence1795506000008,
  CreateMineListEntry1795506000009,
  CreateMineContact1795506000010,
  CreateMineContactProposal1795506000011,
  CreateInstitutionChange1795506000012,
  AddExpertEvidence1795507000001,
  AddEmploymentSheet1795507000002,
  AddEmploymentEvidence1795507000003,
  IndexEmploymentSheet1795507000004,
  CreateEmploymentObjection1795507000005,
  CreateExpertMerge1795507000006,
  CreateExpertDoubt1795507000007,
  AddIdentityTrail1795507000008,
  CreateSheetImport1795508000001,
  CreateSheetImportRow1795508000002,
  CreateSheetImportNote1795508000003,
  IndexSheetImportRowKey1795508000004,
  CreateNameGram1795509000001,
  CreateNameFollower1795509000002,
  FillNameGram1795509000003,
  CreateNameText1795509000004,
  FillNameText1795509000005,
  IndexMineVersionByProvince1795509000006,
  IndexPoolEntryByDay1795509000007,
  CreateFileAttachment1795602000001,
  FillFileAttachment1795602000002,
  AddStoredFileAuthorityId1795602000003,
  AddAccountOneTime1795603000001,
  AddSessionSecondFactor1795603000002,
  CreatePoolDecision1795604000001,
  AddPoolEntryDays1795604000002,
  FillPoolEntryAdmitted1795604000003,
  AddExpertPhone1795604000004,
  CreateExpertCorrection1795604000005,
  CreateWorkExclusion1795605000001,
  IndexWorkItemByKind1795605000002,
  FillWorkChecks1795605000003,
  FillWorkExclusion1795605000004,
  ReckonDocumentExpiry1795606000001,
  FillLetterExpiry1795606000002,
  AddNotificationPaper1795607000001,
  AddCaseSubjectNoticeId1795607000002,
  AddPolicyProfileWithdrawal1795608000001,
  AddInstitutionVersionManualDecision1795608000002,
  FillInstitutionVersionManualDecision1795608000003,
  DropInstitutionManualDecision1795608000004,
  AddWebSessionIdToken1795609000001,
  AddOidcAttemptIdToken1795609000002,
  IndexDeliverySent1795609900001,
  AddSheetImportTries1795610000001,
  MendChangeProposal1795610000009,
  CreateLogTables1795620000001,
  FillLogPending1795620000002,
  AddAuditEntrySubject1795620000110,
  FillAuditEntrySubject1795620000111,
  IndexAuditEntryAccount1795620000112,
  IndexAuditEntryRole1795620000113,
  NoteJobRuns1795620000114,
  CreateLogOrigin1795620000120,
  CreateLogAudit1795620000121,
  CreateAuditRecord1795620000131,
  FillAuditRecord1795620000132,
];
