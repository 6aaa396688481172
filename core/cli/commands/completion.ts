import { HaloError } from "../../util/errors.ts";
import type { AnyCommand, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { completionFlags } from "../flags.ts";

const shells = { bash, zsh, fish } as const;

/** `halo completion SHELL`: prints the lines that make a shell complete these commands and their flags. */
export function completionOf(commands: readonly AnyCommand[]): RunCommand<typeof completionFlags> {
  return ({ args: [asked = ""] }, io) => {
    const script = Object.entries(shells).find(([name]) => name === asked)?.[1];
    if (script === undefined) {
      throw new HaloError("HALO_CLI_USAGE", `no completion for the shell "${asked}"`, {
        hint: `halo completion ${Object.keys(shells).join(" | ")}`,
      });
    }
    io.out(script(commands));
    return Promise.resolve(exitCodes.done);
  };
}

const namesOf = (commands: readonly AnyCommand[]): string => commands.map(({ name }) => name).join(" ");
const flagsOf = ({ flags }: AnyCommand): string => [...flags.map(({ name }) => `--${name}`), "--help"].join(" ");

/** For ~/.bashrc: eval "$(halo completion bash)". Where no flag is begun, files complete. */
function bash(commands: readonly AnyCommand[]): string {
  return `_halo() {
  local word="\${COMP_WORDS[COMP_CWORD]}" flags=
  if [ "$COMP_CWORD" = 1 ]; then COMPREPLY=($(compgen -W "${
    namesOf(commands)
  } --help --version" -- "$word")); return; fi
  case "\${COMP_WORDS[1]}" in
${commands.map((one) => `    ${one.name}) flags="${flagsOf(one)}" ;;`).join("\n")}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word")); fi
}
complete -o default -F _halo halo`;
}

/** For ~/.zshrc: eval "$(halo completion zsh)". Uses zsh's own reading of bash completions. */
function zsh(commands: readonly AnyCommand[]): string {
  return `autoload -Uz compinit bashcompinit\n(( $+functions[compdef] )) || compinit\nbashcompinit\n${bash(commands)}`;
}

/** For ~/.config/fish/config.fish: halo completion fish | source. */
function fish(commands: readonly AnyCommand[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  return commands.flatMap(({ name, summary, flags }) => [
    `complete -c halo -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...flags.map((flag) =>
      `complete -c halo -n "__fish_seen_subcommand_from ${name}" -l ${flag.name}${flag.value ? " -r" : ""} -d ${
        quoted(flag.summary)
      }`
    ),
  ]).join("\n");
}
