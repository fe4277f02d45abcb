# bash completion for sctl. Install as sctl in a directory that bash-completion searches.

_sctl() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} offer=''
    [[ $cur != = ]] || cur=
    [[ $prev != = ]] || prev=${COMP_WORDS[COMP_CWORD - 2]}
    local verbs='start stop restart reload try-restart reload-or-restart try-reload-or-restart isolate default rescue emergency poweroff reboot halt kexec exit'
    local units='systemctl list-units --all --plain --no-legend --full --no-pager'
    if [ "$COMP_CWORD" = 1 ]; then
        offer='boot-chart directives history lint plan recovery slots top upgrade why --help --version'
    else
        case $command:$prev in
            boot-chart:-o|boot-chart:--output|upgrade:*|lint:--root|slots:--root) COMPREPLY=($(compgen -f -- "$cur")); return ;;
            boot-chart:--keep-each-boot) offer='yes no' ;;
            boot-chart:--diff) offer="$(sctl boot-chart --list 2>/dev/null | awk 'length($1) == 32 { print $1 }') -1 -2" ;;
            plan:plan) offer=$verbs ;;
            plan:--job-mode) offer='fail replace replace-irreversibly isolate ignore-dependencies ignore-requirements flush triggering restart-dependencies' ;;
            top:--sort) offer='cpu memory io tasks restarts unit' ;;
            slots:slots) offer='check use --json --root' ;;
            slots:check|slots:use) offer='manager systemctl random-seed' ;;
            slots:manager|slots:systemctl|slots:random-seed) offer='systemd sysmaster' ;;
            *) case $command in
                boot-chart) offer='--output --json --chain --diff --list --save --keep-each-boot' ;;
                directives) offer='--not-honoured --all' ;;
                history) offer="--json $($units 2>/dev/null | awk '{ print $1 }')" ;;
                lint) [[ $cur = -* ]] || { COMPREPLY=($(compgen -f -- "$cur")); return; }; offer='--json --sarif --fix --rules --root' ;;
                plan) offer="--job-mode --all --json $($units 2>/dev/null | awk '{ print $1 }')" ;;
                top) offer="--sort --interval --iterations --batch --json $(systemctl list-units --type=service,scope --plain --no-legend --full --no-pager 2>/dev/null | awk '{ print $1 }')" ;;
                why) offer="--json $($units 2>/dev/null | awk '{ print $1 }')" ;;
            esac ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$offer" -- "$cur"))
}
complete -F _sctl sctl
