import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

/** Programs that look at the network and the machine (rule E21). */
export const networkFamily: Family = {
	tools: wordList(`
		dig nslookup host drill whois ping ping6 traceroute tracepath mtr nc ncat netcat telnet ftp openssl nmap tcpdump ss
		netstat ip ifconfig route arp resolvectl lsof socat ngrok cloudflared tailscale wg ssh-keygen ssh-add ssh-copy-id
		ssh-keyscan keytool gpg iperf3 speedtest
	`),
	judge: judgeNetwork,
};

function judgeNetwork({ tool, args, stdin }: Call): Judgement {
	switch (tool) {
		case 'ping':
		case 'ping6':
			return judged('read', { unbounded: !readArgs(args, ['-c', '-W', '-w', '-i', '-n']).has('-c', '-w') });
		case 'mtr':
			return judged('read', { unbounded: !args.some((arg) => /^(?:-r|--report|-c)/.test(arg)) });
		case 'nslookup':
			return judged('read', { interactive: args.length === 0 });
		case 'nc':
		case 'ncat':
		case 'netcat':
			if (args.some((arg) => /^-[a-z]*[lec]/i.test(arg) && !/^-[a-z]*z/.test(arg)))
				return judged('unknown', { class: 'fleet-exec', why: 'listens, or hands a connection to a program', unbounded: true });
			return args.some((arg) => /^-[a-z]*z/.test(arg))
				? judged('read')
				: judged(stdin.kind === 'none' ? 'read' : 'unknown', { interactive: stdin.kind === 'none' });
		case 'telnet':
		case 'ftp':
			return judged('unknown', { interactive: true });
		case 'tcpdump':
			return judged(args.includes('-w') ? 'local-write' : 'read', { unbounded: !args.some((arg) => arg.startsWith('-c')) });
		case 'openssl':
			return judgeOpenssl(args, stdin.kind !== 'none');
		case 'ip':
			return args.some((arg) => /^(?:add|del|delete|set|flush|replace|change|up|down|append|exec)$/.test(arg))
				? judged('write', { class: 'service', why: 'changes the network of the machine' })
				: judged('read');
		case 'ifconfig':
		case 'route':
		case 'arp':
			return args.some((arg) => /^(?:up|down|add|del|delete|-d|-s|netmask|flush)$/.test(arg))
				? judged('write', { class: 'service', why: 'changes the network of the machine' })
				: judged('read');
		case 'resolvectl':
			return /^(?:flush-caches|reset-\S+|dns|domain|revert)$/.test(args[0] ?? '') && args.length > 0 && args[0] !== 'status'
				? judged('local-write')
				: judged('read');
		case 'ss':
			return args.some((arg) => arg === '-K' || arg === '--kill')
				? judged('write', { class: 'kill-sessions', why: 'closes connections' })
				: judged('read');
		case 'tailscale':
		case 'wg':
			return /^(?:status|ip|ping|netcheck|version|show)$/.test(args[0] ?? '')
				? judged('read')
				: judged('write', { class: 'service', why: 'changes the private network' });
		case 'socat':
		case 'ngrok':
		case 'cloudflared':
			return judged('unknown', { class: 'fleet-exec', why: 'opens a tunnel', unbounded: true });
		case 'ssh-keygen':
		case 'ssh-add':
		case 'keytool':
		case 'gpg':
			return args.some((arg) => /^-(?:l|lf|L|list|-list-keys|printcert|-verify)$/.test(arg))
				? judged('read')
				: judged(
						'local-write',
						args.some((arg) => /export-secret|-d$|--decrypt/.test(arg))
							? { class: 'secrets-to-output', why: 'prints a private key or a secret' }
							: {},
					);
		case 'ssh-copy-id':
			return judged('write', { class: 'fleet-exec', why: 'lets a key into another machine' });
		case 'nmap':
		case 'iperf3':
		case 'speedtest':
			return judged('write', { class: 'http-write', why: 'puts load on a network or scans it' });
		default:
			return judged('read');
	}
}

function judgeOpenssl(args: readonly string[], fed: boolean): Judgement {
	const verb = args[0] ?? '';
	if (verb === 's_client') return judged('read', { interactive: !fed });
	if (
		verb === 'rand' ||
		(/^(?:rsa|pkey|ec|genrsa|pkcs12)$/.test(verb) && !args.some((arg) => /^-(?:out|pubout|check|noout|modulus)$/.test(arg)))
	) {
		return judged('read', { class: 'secrets-to-output', why: 'prints a new secret or a private key' });
	}
	if (args.some((arg) => /^-(?:out|keyout|signkey|CA)$/.test(arg))) return judged('local-write');
	if (/^(?:x509|verify|version|ciphers|crl|ocsp|req|s_time|asn1parse|dgst|md5|sha256|base64|pkey|rsa|ec|list|help)$/.test(verb))
		return judged('read');
	return judged('unknown');
}
