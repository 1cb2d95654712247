# shellcheck shell=bash
# Completion for bash and zsh; printed by scripts/completion. It looks into the folder that the command's own path leads to.
if [ -n "${ZSH_VERSION:-}" ]; then
  autoload -Uz compinit bashcompinit
  whence compdef >/dev/null || compinit
  bashcompinit
fi

# _minirack_files ROOT FOLDER ENDING WORD: files there that begin so, as paths from ROOT
_minirack_files() {
  local file
  for file in "$1/$2/"*"$3"; do
    [ -e "$file" ] || continue
    file=${file#"$1/"}
    case $file in "$4"* | "$2/$4"*) printf '%s\n' "$file" ;; esac
  done
}

_minirack_runs() {
  local run
  for run in "$1"/results/*/metadata.json; do
    [ -e "$run" ] || continue
    run=${run%/metadata.json}
    run=${run##*/}
    case $run in "$2"*) printf '%s\n' "$run" ;; esac
  done
}

_minirack_complete() {
  local root word before command options
  command=${COMP_WORDS[0]##*/}
  root=$(cd "$(dirname "${COMP_WORDS[0]}")/.." 2>/dev/null && pwd) || return 0
  word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  options="--parameter --node --timestamp --memory --cpus --timeout --network --results --native --mlflow --dvc --force --detach --stack --json --help"
  COMPREPLY=()
  case $command:$before:$word in
    *:--results:* | runs:status:* | runs:logs:* | runs:stop:* | runs:fetch:*) _minirack_reply "$(_minirack_runs "$root" "$word")" ;;
    runs:*:-*) _minirack_reply "$(compgen -W "--follow --json --help" -- "$word")" ;;
    runs:*) [ "$COMP_CWORD" -ne 1 ] || _minirack_reply "$(compgen -W "status logs stop fetch" -- "$word")" ;;
    *:*:-*) _minirack_reply "$(compgen -W "$options" -- "$word")" ;;
    run-remote.sh:*) [ "$COMP_CWORD" -ne 1 ] || _minirack_reply "$(_minirack_files "$root" notebooks .ipynb "$word")" ;;
    run-remote-python.sh:*) [ "$COMP_CWORD" -ne 1 ] || _minirack_reply "$(_minirack_files "$root" src .py "$word")" ;;
  esac
}

# One candidate per line: names may hold spaces.
_minirack_reply() {
  local line
  while IFS= read -r line; do [ -z "$line" ] || COMPREPLY+=("$line"); done <<<"$1"
}

complete -o default -F _minirack_complete run-remote.sh run-remote-python.sh runs
