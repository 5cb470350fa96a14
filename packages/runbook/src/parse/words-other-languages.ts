import type { Role } from './words.ts';

/**
 * The same groups of words in other languages that public runbooks are written in (rule R25): Spanish, Portuguese, French,
 * Italian, German; Chinese, Japanese and Korean for the commonest. Looked at only when no English word matched.
 */
const roles: readonly (readonly [Role, RegExp])[] = [
	['template', /\bplantillas?\b|\bmodelos? de\b|\bmodèles? de\b|\bvorlagen?\b|模板|テンプレート/],
	[
		'toc',
		/^(?:índice|tabla de contenidos?|contenidos?|sumário|table des matières|sommaire|indice|inhalt(?:sverzeichnis)?|目录|目次|목차)$/,
	],
	[
		'references',
		/^(?:referencias?|referências?|références|riferimenti|verweise|siehe auch|ver también|veja também|recursos|información adicional|documentación relacionada|documentação relacionada|historial de cambios|glosario|glossar|参考(?:资料|文献)?|참고)\b/,
	],
	['contacts', /\bcontactos?\b|\bcontatos?\b|\bkontakte?\b|\bansprechpartner|\bcontatti\b|联系(?:人|方式)|連絡先|연락처|비상 연락망/],
	['escalation', /\bescala(?:ci[oó]n(?:es)?|mento|ção|ções|r)\b|\beskalation|\bescalade\b|升级流程|エスカレーション|에스컬레이션/],
	[
		'severity',
		/\b(?:severidad|gravedad|severidade|gravidade|sévérité|gravité|schweregrade?|dringlichkeit|gravità)\b|严重(?:程度|级别)|심각도|重大度/,
	],
	['commands', /^comandos (?:útiles|úteis|rápidos)|^commandes utiles|^nützliche befehle|^comandi utili|常用命令/],
	['urls', /^(?:enlaces|links|urls) (?:útiles|úteis|importantes)|^liens utiles|^nützliche links/],
	['rollback-when', /^cuándo (?:hacer rollback|revertir)|^quando (?:fazer rollback|reverter)|^quand (?:revenir|faire)/],
	[
		'rollback',
		/\brevertir\b|\breversi[oó]n\b|\breverter\b|\breversão\b|retour en arrière|\bzurückrollen\b|\brückrollen\b|回滚|ロールバック|롤백/,
	],
	[
		'recurring',
		/\b(?:diari[oa]s?|diariamente|semanal(?:es|mente)?|mensual(?:es|mente)?|mensa(?:l|is)|trimestral(?:es)?|quotidien(?:ne)?|hebdomadaire|mensuel(?:le)?|täglich|wöchentlich|monatlich)\b|每[日天周月]|毎[日週月]|매[일주월]/,
	],
	[
		'symptom',
		/^(?:síntomas?|sintomas?|symptômes?|symptome?|sintomi|detección|detecção|détection|erkennung|anzeichen|señales|症状|现象|증상)\b|^(?:症状|现象|증상)/,
	],
	[
		'cause',
		/^(?:(?:posibles |possíveis )?causas?(?: (?:probables?|posibles?|comunes|raíz|raiz|prováveis|possíveis|comuns))?|causes? (?:possibles?|probables?)|(?:mögliche )?ursachen?|cause possibili)$|原因|원인/,
	],
	['impact', /^(?:impacto|auswirkung(?:en)?|impatto)\b|^(?:影响|影響|영향)/],
	[
		'prerequisites',
		/^(?:pre-?requisitos?|prérequis|pré-requis|requisitos(?: previos)?|voraussetzungen|prerequisiti|前提条件|사전 준비|사전 조건)\b|^前提/,
	],
	[
		'when',
		/^(?:propósito|objetivo|alcance|cuándo usar|finalidade|escopo|quando usar|objectif|zweck|ziel|umfang|scopo|目的|목적)\b|^(?:目的|목적)/,
	],
	[
		'verify',
		/^(?:verificaci[oó]n(?:es)?|verificar|verificação|vérifications?|überprüfung|prüfung|verifica|validaci[oó]n|validação|comprobaci[oó]n)\b|^(?:验证|確認|검증)/,
	],
	['prevention', /^(?:prevenci[oó]n|prevenção|prévention|vorbeugung|prevenzione)\b|^(?:预防|予防|예방)/],
	['post-incident', /^(?:post-?incidente|después del incidente|pós-incidente|après l'incident|nachbereitung)\b/],
	['communication', /^(?:comunicar|comunicaci[oó]n(?:es)?|comunicação|notificar|notificaci[oó]n|kommunikation|comunicazione)\b/],
	[
		'immediate',
		/^(?:contener|contenci[oó]n|contenção|conter|acci[oó]n(?:es)?(?: inmediatas?)?|ações(?: imediatas)?|respuesta(?: inmediata)?|resposta|actions immédiates|sofortmaßnahmen|azioni immediate)$|^(?:应急处理|初動対応|긴급 조치|즉시 조치)/,
	],
	[
		'issue-container',
		/^(?:problemas|errores|incidentes|fallos|erros|falhas) (?:comunes|frecuentes|conocidos|comuns|frequentes|conhecidos)|^soluci[oó]n de problemas|^resolução de problemas|^problèmes (?:courants|fréquents|connus)|^dépannage|^fehlerbehebung|^häufige (?:probleme|fehler)|^problemi comuni|^(?:常见问题|故障排查|トラブルシューティング|문제 해결)/,
	],
	[
		'diagnosis',
		/^(?:diagn[oó]stic[oa]?s?|diagnosticar|diagnose|investigar|investigaci[oó]n|investigação|evaluar(?: .*)?|avaliar|análisis|análise|diagnostiquer|untersuchung|analyse)\b|^(?:诊断|排查|調査|진단)/,
	],
	[
		'resolution',
		/^(?:soluci[oó]n(?:es)?|solução|soluções|resoluci[oó]n|resolução|resolver|remediar|remediaci[oó]n|mitigaci[oó]n|mitigação|mitigar|recuperaci[oó]n|recuperação|correcci[oó]n|correção|solution|résolution|lösung(?:en)?|behebung|wiederherstellung|soluzioni?|erradicar|erradicaci[oó]n)\b|^(?:解决(?:方案|办法|方法)?|处理(?:步骤|方法)|対処|対応|復旧|해결|조치|복구)/,
	],
	['emergency', /\bemergencia|\bemergência|\burgence\b|\bnotfall|\bdesastres?\b/],
	['deploy', /\bdespl(?:iegue|egar)\b|\bimplantação\b|\bdéploiement\b|\bbereitstellung\b|部署|デプロイ|배포/],
	[
		'restore',
		/\brestaura(?:r|ción|ção)\b|\brespaldos?\b|\bcopias? de seguridad\b|\bsauvegardes?\b|\bwiederherstell|\bsicherung|备份|恢复|バックアップ|백업|복원/,
	],
	[
		'maintenance',
		/\bmantenimiento\b|\bmanutenção\b|\bmaintenance\b|\bwartung\b|\bmanutenzione\b|\brotaci[oó]n\b|\brotação\b|维护|メンテナンス|유지보수/,
	],
	['architecture', /^(?:arquitectura|arquitetura|architektur|architettura|variables de entorno|variáveis de ambiente|环境变量|架构)\b/],
];

/** The role of a lower-case title in one of these languages, or `none`. */
export function recogniseOtherLanguages(words: string): Role {
	for (const [role, pattern] of roles) if (pattern.test(words)) return role;
	return 'none';
}
