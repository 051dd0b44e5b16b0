# Finds a JDK that can build and run Confab. Meant to be sourced by a POSIX shell:
#
#   . .mvn/find-jdk.sh
#   confab_find_jdk || exit 2      # sets and exports JAVA_HOME, or says in one line what is missing
#
# Order: JAVA_HOME, then java on the PATH, then the usual places: there the newest long-term-support
# release wins, and any other release only where there is none.

CONFAB_JAVA_MIN=21

# Prints the feature version (21, 25, ...) of the JDK at $1, or nothing if there is none.
confab_jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    confab_v=
    if [ -r "$1/release" ]; then
        confab_v=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$1/release")
    fi
    if [ -z "$confab_v" ]; then
        confab_v=$("$1/bin/java" -version 2>&1 | sed -n 's/^[a-z]* version "\([0-9][0-9.]*\).*/\1/p')
    fi
    case $confab_v in
        1.*) confab_v=${confab_v#1.} ;;
    esac
    echo "${confab_v%%.*}"
}

confab_jdk_is_good() {
    confab_found_version=$(confab_jdk_version "$1")
    [ -n "$confab_found_version" ] && [ "$confab_found_version" -ge "$CONFAB_JAVA_MIN" ]
}

# Prints the home of the java on the PATH. A shim of a version manager is no link, so it is asked.
confab_java_on_path() {
    confab_p=$(command -v java 2>/dev/null) || return 0
    while [ -L "$confab_p" ]; do
        confab_l=$(readlink "$confab_p")
        case $confab_l in
            /*) confab_p=$confab_l ;;
            *) confab_p=${confab_p%/*}/$confab_l ;;
        esac
    done
    confab_h=$(cd "${confab_p%/*}/.." 2>/dev/null && pwd -P) || confab_h=
    if [ -n "$confab_h" ] && [ -x "$confab_h/bin/java" ] && [ -r "$confab_h/release" ]; then
        echo "$confab_h"
    else
        java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
    fi
}

confab_find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && confab_jdk_is_good "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    confab_candidate=$(confab_java_on_path)
    if [ -n "$confab_candidate" ] && confab_jdk_is_good "$confab_candidate"; then
        JAVA_HOME=$confab_candidate
        export JAVA_HOME
        return 0
    fi

    confab_best=
    confab_best_rank=0
    confab_home=${HOME:-/nonexistent}
    for confab_candidate in \
        /usr/lib/jvm/* \
        /usr/lib64/jvm/* \
        /usr/java/* \
        "$confab_home"/.sdkman/candidates/java/* \
        "$confab_home"/.jdks/* \
        "$confab_home"/.gradle/jdks/* \
        "$confab_home"/.asdf/installs/java/* \
        "$confab_home"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$confab_home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /opt/*jdk* \
        /opt/*java*/* \
        /usr/local/*jdk*; do
        confab_jdk_is_good "$confab_candidate" || continue
        confab_rank=$confab_found_version
        # 21, 25, 29, ...: every fourth release is supported for long.
        if [ $(((confab_found_version - 21) % 4)) -eq 0 ]; then
            confab_rank=$((confab_rank + 1000))
        fi
        if [ "$confab_rank" -gt "$confab_best_rank" ]; then
            confab_best=$confab_candidate
            confab_best_rank=$confab_rank
        fi
    done
    if [ -z "$confab_best" ]; then
        echo "confab: no JDK $CONFAB_JAVA_MIN or newer found (looked at JAVA_HOME, at java on the PATH and in the usual folders): install one or set JAVA_HOME to it" >&2
        return 2
    fi
    JAVA_HOME=$confab_best
    export JAVA_HOME
}
