import { defineFaults } from '../fault.mjs';
import { homeGone } from '../symptoms/symptoms.mjs';
import { openBlackHole } from '../world/black-hole.mjs';

const dayMs = 86_400_000;

/** Nobody gets through: the runbook's complete outage, and what stands at the door. */
export const outage = defineFaults([
	{
		id: 'app-stopped',
		title: 'the application ended, nothing listens at its port',
		symptom: homeGone,
		causes: [],
		root: /^net\.refused$|^tcp\.refused$/,
		make: async (world) => {
			await world.stopApp();
			await world.edge.shut();
		},
	},
	{
		id: 'app-behind-proxy-stopped',
		title: 'the application ended, the proxy answers 502',
		symptom: homeGone,
		causes: [],
		root: /^(health|status|http)\./,
		make: (world) => world.stopApp(),
	},
	{
		id: 'app-black-hole',
		title: 'a firewall drops what goes to the application',
		symptom: homeGone,
		causes: [],
		root: /^net\.|^tcp\./,
		make: async (world) => {
			await world.edge.shut();
			world.undo(await openBlackHole(world.edge.port));
		},
	},
	{
		id: 'app-hangs',
		title: 'the process is stopped and answers nothing',
		symptom: homeGone,
		causes: [],
		root: /^(health|status|latency|http|net)\./,
		make: (world) => world.freezeApp(),
	},
	{
		id: 'dns-gone',
		title: 'the name of the application does not resolve',
		symptom: homeGone,
		causes: [],
		root: /^net\.|^dns\./,
		make: (world) => world.moveTo('http://shop.holdfast.invalid'),
	},
	{
		id: 'certificate-expired',
		title: 'the certificate ended yesterday',
		symptom: homeGone,
		causes: [],
		root: /^tls\.expired$/,
		make: async (world) => {
			await world.serveTls({ validity: { from: new Date(Date.now() - 90 * dayMs), to: new Date(Date.now() - dayMs) } });
		},
	},
	{
		id: 'certificate-wrong-name',
		title: 'the certificate is for another name',
		symptom: homeGone,
		causes: [],
		root: /^tls\.(name|wrong-name|host)/,
		make: async (world) => {
			await world.serveTls({ names: ['other.example'] });
		},
	},
	{
		id: 'certificate-untrusted',
		title: 'the certificate is signed by nobody that browsers know',
		symptom: homeGone,
		causes: [],
		root: /^tls\./,
		make: async (world) => {
			await world.serveTls({ selfSigned: true });
		},
	},
	{
		id: 'empty-pages',
		title: 'pages come empty with status 200',
		symptom: homeGone,
		causes: [],
		root: /^page\.|^http\.page/,
		make: (world) =>
			world.edge.use({ bodyOf: (path) => !path.startsWith('/_next') && !path.startsWith('/api'), body: () => Buffer.alloc(0) }),
	},
	{
		id: 'error-page',
		title: 'the proxy shows its own error page with status 503',
		symptom: homeGone,
		causes: [],
		root: /^(status|health|http)\./,
		make: (world) =>
			world.edge.use({
				answer: (_incoming, outgoing) => {
					outgoing.writeHead(503, { 'content-type': 'text/html' });
					outgoing.end('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>');
					return true;
				},
			}),
	},
	{
		id: 'default-site',
		title: 'the server shows the welcome page of its web server',
		symptom: homeGone,
		causes: [],
		root: /^(page|health|status|http)\./,
		make: (world) =>
			world.edge.use({
				answer: (_incoming, outgoing) => {
					outgoing.writeHead(200, { 'content-type': 'text/html' });
					outgoing.end('<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>');
					return true;
				},
			}),
	},
]);
