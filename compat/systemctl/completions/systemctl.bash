# bash completion for systemctl. Install as systemctl in a directory that bash-completion searches.

_systemctl_words() { # what to offer: units|active|inactive|failed|files|enabled|disabled|masked|targets|jobs|environment|machines, then the options that choose the manager
    local what=$1; shift
    case $what in
        units)       systemctl "$@" list-units --all --plain --no-legend --full --no-pager ;;
        active)      systemctl "$@" list-units --state=active,reloading,activating --plain --no-legend --full --no-pager ;;
        inactive)    systemctl "$@" list-units --all --state=inactive,failed --plain --no-legend --full --no-pager; systemctl "$@" list-unit-files --no-legend --no-pager ;;
        failed)      systemctl "$@" list-units --state=failed --plain --no-legend --full --no-pager ;;
        targets)     systemctl "$@" list-unit-files --type=target --no-legend --no-pager ;;
        files)       systemctl "$@" list-unit-files --no-legend --no-pager ;;
        disabled)    systemctl "$@" list-unit-files --state=disabled,linked,indirect --no-legend --no-pager ;;
        enabled)     systemctl "$@" list-unit-files --state=enabled,enabled-runtime,linked,indirect --no-legend --no-pager ;;
        masked)      systemctl "$@" list-unit-files --state=masked,masked-runtime --no-legend --no-pager ;;
        jobs)        systemctl "$@" list-jobs --no-legend --no-pager ;;
        environment) systemctl "$@" show-environment | sed 's/=.*/=/' ;;
        machines)    systemctl list-machines --plain --no-legend --no-pager ;;
    esac 2>/dev/null | awk '{ print $1 }'
}

_systemctl() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb='' i
    local manager=() offer=''
    [[ $cur != = ]] || cur=
    [[ $prev != = ]] || prev=${COMP_WORDS[COMP_CWORD - 2]}
    case $prev in
        -t|--type) offer='service mount swap socket target device automount timer path slice scope' ;;
        --state) offer=$(systemctl --state=help 2>/dev/null | grep -v '^Available' | sort -u) ;;
        -o|--output) offer=$(systemctl --output=help 2>/dev/null) ;;
        -s|--signal) offer=$(systemctl --signal=help 2>/dev/null) ;;
        --job-mode) offer='fail replace replace-irreversibly isolate ignore-dependencies ignore-requirements flush triggering' ;;
        --kill-whom) offer='all control main' ;;
        --what) offer='runtime state cache logs configuration all' ;;
        --preset-mode) offer='full enable-only disable-only' ;;
        --timestamp) offer='pretty unix us utc us+utc' ;;
        --check-inhibitors) offer='auto yes no' ;;
        --legend) offer='yes no' ;;
        -M|--machine) offer=$(_systemctl_words machines) ;;
        -p|-P|--property) offer=$(systemctl show --all 2>/dev/null | sed 's/=.*//'; systemctl show --all -- -.mount dbus.service 2>/dev/null | sed 's/=.*//') ;;
        --root|--image) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --when) offer='show cancel auto now' ;;
        -H|--host|-n|--lines|--kill-value|--message|--reboot-argument|--boot-loader-menu|--boot-loader-entry) return ;;
    esac
    if [[ -n $offer ]]; then
        COMPREPLY=($(compgen -W "$offer" -- "$cur"))
        return
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --user|--system|--global) manager+=("${COMP_WORDS[i]}") ;;
            -t|-p|-P|-H|-M|-n|-o|-s|--type|--property|--host|--machine|--lines|--output|--signal|--state|--job-mode|--root|--image) i=$((i + 1)) ;;
            -*|=) ;;
            *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '--after --all --before --boot-loader-entry --boot-loader-menu --check-inhibitors --dry-run --failed --firmware-setup --force --full --global
            --help --host --image --job-mode --kill-whom --legend --lines --machine --marked --message --mkdir --no-ask-password --no-block --no-legend --no-pager --no-reload
            --kill-value --no-wall --no-warn --now --output --plain --preset-mode --property --quiet --read-only --reboot-argument --recursive --reverse --root --runtime --show-transaction --show-types
            --signal --state --system --timestamp --type --user --value --version --wait --what --when --with-dependencies' -- "$cur"))
        return
    fi
    case $verb in
        '') offer='add-requires add-wants bind cancel cat clean daemon-reexec daemon-reload default disable edit emergency enable exit freeze get-default halt help hibernate
                hybrid-sleep import-environment is-active is-enabled is-failed is-system-running isolate kexec kill link list-automounts list-dependencies list-jobs list-machines list-paths
                list-sockets list-timers list-unit-files list-units log-level log-target mask mount-image poweroff preset preset-all reboot reenable reload reload-or-restart rescue
                reset-failed restart revert service-log-level service-log-target service-watchdogs set-default set-environment set-property show show-environment soft-reboot start status stop
                suspend suspend-then-hibernate switch-root thaw try-reload-or-restart try-restart unmask unset-environment whoami' ;;
        start) offer=$(_systemctl_words inactive "${manager[@]}") ;;
        stop|kill|try-restart|condrestart|condstop|freeze|thaw|reload|set-property|bind|mount-image|service-log-level|service-log-target) offer=$(_systemctl_words active "${manager[@]}") ;;
        enable) offer=$(_systemctl_words disabled "${manager[@]}") ;;
        disable|reenable) offer=$(_systemctl_words enabled "${manager[@]}") ;;
        unmask) offer=$(_systemctl_words masked "${manager[@]}") ;;
        mask|edit|cat|preset|revert|is-enabled|list-unit-files) offer=$(_systemctl_words files "${manager[@]}") ;;
        add-wants|add-requires) offer=$(_systemctl_words files "${manager[@]}") ;;
        isolate|set-default) offer=$(_systemctl_words targets "${manager[@]}") ;;
        reset-failed) offer=$(_systemctl_words failed "${manager[@]}") ;;
        cancel) offer=$(_systemctl_words jobs "${manager[@]}") ;;
        set-environment|unset-environment) offer=$(_systemctl_words environment "${manager[@]}"); compopt -o nospace ;;
        import-environment) offer=$(compgen -e) ;;
        log-level) offer='debug info notice warning err crit alert emerg' ;;
        log-target) offer='console journal kmsg journal-or-kmsg null' ;;
        service-watchdogs) offer='on off' ;;
        link|switch-root) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        restart|reload-or-restart|try-reload-or-restart|clean|status|show|help|is-active|is-failed|list-units|list-dependencies) offer=$(_systemctl_words units "${manager[@]}") ;;
        list-sockets|list-timers|list-automounts|list-paths)
            local type=${verb#list-}
            offer=$(_systemctl_words units "${manager[@]}" --type="${type%s}") ;;
    esac
    # A unit's name may have a backslash.
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$(tr -s ' ' '\n' <<<"${offer//\\/\\\\}")" -- "${cur//\\/\\\\}"))
}

complete -F _systemctl systemctl
