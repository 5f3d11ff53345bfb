// An OpenID Connect provider of the test's own, the real library on a port of loopback. Argument: JSON with `port`,
// `clientId`, `clientSecret`, `redirectUri`, `signedOutUri` (absent: it does not offer to sign out). Whoever comes to sign in says in the query who it is: /interaction/…?as=name
// (and amr=mfa), or ?deny=1. Writes 'ready' once it listens.
import { generateKeyPairSync } from 'node:crypto';
import process from 'node:process';
import { URL } from 'node:url';
import Provider from 'oidc-provider';

const { port, clientId, clientSecret, redirectUri, signedOutUri, kid } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

// Keys of each process's own, under the name that is asked for: an impostor may take the true one's.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: signedOutUri ? [signedOutUri] : [],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  // Forms from other sites come with cookies only so.
  enableHttpPostMethods: true,
  cookies: { keys: ['a key for the cookies of a test'], long: { sameSite: 'none' } },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: Boolean(signedOutUri) } },
  claims: { openid: ['sub', 'amr'] },
  conformIdTokenClaims: false,
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      accountId: ctx.oidc.session.accountId,
      clientId: ctx.oidc.client.clientId,
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const query = new URL(ctx.url, issuer).searchParams;
  const amr = query.get('amr');
  const result = query.has('deny')
    ? { error: 'access_denied', error_description: 'the person said no' }
    : { login: { accountId: query.get('as') ?? 'nobody', ...(amr ? { amr: [amr] } : {}) } };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
