import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const changes = (why: string) => judged('write', { class: 'service', why });
const stops = (why: string) => judged('block', { class: 'service', why });

/** Services, processes and the machine itself (rule E16). */
export const serviceFamily: Family = {
	tools: wordList(`
		systemctl service pm2 monit supervisorctl sv launchctl initctl rc-service brew nssm sc net shutdown reboot halt
		poweroff init telinit kill pkill killall fuser skill taskkill nginx apachectl apache2ctl httpd haproxy caddy
		varnishadm certbot acme.sh rabbitmqctl rabbitmq-diagnostics celery sidekiqctl bullmq passenger-config unicorn gunicorn
		uvicorn puma mount umount swapon swapoff sysctl crontab useradd usermod userdel passwd chpasswd visudo ufw iptables
		nft firewall-cmd modprobe logrotate hostnamectl timedatectl update-alternatives
	`),
	judge: judgeService,
};

function judgeService({ tool, args }: Call): Judgement {
	const flags = readArgs(args, ['-s', '-u', '-n', '-p', '-M', '-H', '-o', '--lines', '--signal']);
	const words = flags.operands;
	if (words.length === 0 && flags.has('--version', '--help', '-V')) return judged('read');
	switch (tool) {
		case 'shutdown':
		case 'reboot':
		case 'halt':
		case 'poweroff':
		case 'init':
		case 'telinit':
			return stops('shuts the machine down');
		case 'kill':
			return flags.has('-l', '-L') || args.includes('-0') ? judged('read') : changes('ends processes');
		case 'pkill':
		case 'killall':
		case 'skill':
		case 'taskkill':
			return changes('ends processes by their name');
		case 'fuser':
			return flags.has('-k', '--kill') ? changes('ends processes') : judged('read');
		case 'systemctl':
			if (/^(?:poweroff|reboot|halt|kexec|emergency|rescue|suspend|hibernate)$/.test(words[0] ?? ''))
				return stops('shuts the machine down');
			if (
				words[0] === 'show-environment' ||
				(words[0] === 'show' && (flags.value('-p') === null || /environ/i.test(flags.value('-p') ?? '')))
			)
				return judged('read', { class: 'secrets-to-output', why: 'prints the environment of a service' });
			if (words[0] === 'cat') return judged('read', { class: 'secrets-to-output', why: 'prints a unit with the environment set in it' });
			if (words.length === 0 || /^(?:status|is-active|is-enabled|is-failed|list-\S+|show|get-default|help)$/.test(words[0] ?? ''))
				return judged('read');
			return words[0] === 'edit'
				? judged('write', { class: 'service', why: 'changes a unit', interactive: true })
				: changes('starts, stops or changes a service');
		case 'service':
		case 'rc-service':
			return words[1] === 'status' || flags.has('--status-all') ? judged('read') : changes('starts or stops a service');
		case 'pm2':
			if (words[0] === 'env') return judged('read', { class: 'secrets-to-output', why: 'prints the environment of a process' });
			if (words[0] === 'monit') return judged('read', { interactive: true, unbounded: true });
			if (words[0] === 'logs' || words[0] === 'log') return judged('read', { unbounded: !flags.has('--nostream') });
			return /^(?:list|ls|l|status|show|describe|info|jlist|prettylist|ping|id|pid)$/.test(words[0] ?? '')
				? judged('read')
				: changes('starts, stops or changes a process');
		case 'nginx':
		case 'apachectl':
		case 'apache2ctl':
		case 'httpd':
		case 'haproxy':
			return args.length > 0 &&
				args.every((arg) => /^(?:-t|-T|-q|-v|-V|-S|-c|-f|configtest|status|\/\S+)$/.test(arg)) &&
				!args.includes('-s')
				? judged('read')
				: changes('reloads, stops or starts the web server');
		case 'supervisorctl':
		case 'monit':
		case 'sv':
		case 'initctl':
		case 'launchctl':
		case 'brew':
		case 'varnishadm':
		case 'certbot':
		case 'passenger-config':
			if (flags.has('--dry-run')) return judged('read');
			if (words[0] === 'tail') return judged('read', { unbounded: flags.has('-f') });
			return /^(?:status|summary|list|print|certificates|info|pid|validate|report|check|avail|backend\.list|config|doctor|services list|restart-app-status)$/.test(
				words[0] ?? '',
			) ||
				(words[0] === 'services' && /^(?:list|info)$/.test(words[1] ?? ''))
				? judged('read')
				: words.length === 0
					? judged('unknown', { interactive: true })
					: changes('starts, stops or changes a service');
		case 'rabbitmqctl':
		case 'rabbitmq-diagnostics':
			if (/^(?:reset|force_reset|delete_\S+|purge_queue|forget_cluster_node)$/.test(words[0] ?? ''))
				return judged('destructive', { class: 'service', why: 'deletes queues, messages or members' });
			return /^(?:list_\S+|status|cluster_status|report|environment|ping|check_\S+|node_health_check|memory_breakdown|alarms|listeners)$/.test(
				words[0] ?? '',
			)
				? judged('read')
				: changes('changes the message broker');
		case 'celery':
			if (words.includes('purge')) return judged('destructive', { class: 'service', why: 'deletes every waiting task' });
			return words.some((word) => /^(?:inspect|status|report|list)$/.test(word))
				? judged('read')
				: judged('write', { class: 'service', why: 'controls or starts workers', unbounded: words.includes('worker') });
		case 'mount':
			return args.length === 0 || flags.has('-l') ? judged('read') : changes('changes what is mounted');
		case 'sysctl':
			return flags.has('-w', '-p', '--system', '--load') || words.some((word) => word.includes('='))
				? changes('changes a setting of the kernel')
				: judged('read');
		case 'crontab':
			if (flags.has('-l')) return judged('read');
			if (flags.has('-r')) return judged('destructive', { class: 'service', why: 'deletes every scheduled job' });
			return judged('write', { class: 'service', why: 'changes scheduled jobs', interactive: flags.has('-e') });
		case 'iptables':
		case 'nft':
		case 'ufw':
		case 'firewall-cmd':
			if (flags.has('-F', '--flush', '-X') || words.includes('flush') || words[0] === 'reset' || words[0] === 'disable')
				return judged('destructive', { class: 'service', why: 'takes the firewall down' });
			return flags.has('-L', '-S', '--list', '--list-all', '--state') || words[0] === 'list' || words[0] === 'status'
				? judged('read')
				: changes('changes the firewall');
		case 'swapon':
			return flags.has('--show', '-s') ? judged('read') : changes('changes swap');
		case 'hostnamectl':
		case 'timedatectl':
			return words.length === 0 || words[0] === 'status' || words[0] === 'show' ? judged('read') : changes('changes the machine');
		case 'passwd':
		case 'visudo':
			return judged('write', { class: 'service', why: 'changes an account', interactive: true });
		case 'userdel':
			return judged('destructive', { class: 'service', why: 'deletes an account' });
		case 'sc':
		case 'net':
			return /^(?:query|qc|view|statistics)$/.test(words[0] ?? '') ? judged('read') : changes('starts, stops or changes a service');
		default:
			return changes('starts, stops or changes a service or the machine');
	}
}
