import { Avatar, TextArea } from "halo-agent/site/app";
import type { JSX } from "preact";
import { listView, nameOf, openMail, peopleOf, repliesTo, titleOf } from "../state/select.ts";
import type { Email, GoMailState, Reply } from "../state/state.ts";
import { longDate } from "../state/time.ts";
import { momentText } from "halo-agent/site";
import { Icon } from "./icon.tsx";
import { MailActions } from "./mail-actions.tsx";
import { Button, Chips, Star } from "./parts.tsx";
import type { Props } from "./parts.tsx";

/** The open mail with its answers and the answer box. */
export function Message({ state, dispatch }: Props): JSX.Element {
  const mail = openMail(state);
  return (
    <>
      <div class="toolbar across" role="toolbar" aria-label="Message actions">
        <Button name={backName(state)} icon="back" isIconOnly onClick={() => dispatch({ type: "back" })} />
        {mail !== undefined && <MailActions state={state} dispatch={dispatch} />}
      </div>
      {mail?.snoozedUntil !== undefined && (
        <div key="snoozed" class="strip across">{`Snoozed until ${momentText(mail.snoozedUntil)}.`}</div>
      )}
      {mail?.sendAt !== undefined && (
        <div key="scheduled" class="strip across">
          {`Will be sent ${momentText(mail.sendAt)}.`}
          <Button name="Cancel send" onClick={() => dispatch({ type: "cancel-send" })} />
        </div>
      )}
      {mail !== undefined && (
        <article key={mail.id} class="pane message">
          <div class="headline across">
            <h1>{mail.subject === "" ? "(no subject)" : mail.subject}</h1>
            <Chips mail={mail} />
          </div>
          <Letter state={state} mail={mail}>
            <Star mail={mail} dispatch={dispatch} />
          </Letter>
          {repliesTo(state, mail.id).map((answer) => <Letter key={answer.id} state={state} mail={answer} />)}
          {state.reply !== null
            ? <ReplyBox state={state} dispatch={dispatch} reply={state.reply} />
            : mail.folder !== "scheduled" && (
              <div class="answers">
                <Button name="Reply" icon="reply" onClick={() => dispatch({ type: "reply", all: false })} />
                {peopleOf(mail).length > 1 && (
                  <Button
                    name="Reply all"
                    icon="reply-all"
                    onClick={() => dispatch({ type: "reply", all: true })}
                  />
                )}
                <Button name="Forward" icon="forward" onClick={() => dispatch({ type: "forward" })} />
              </div>
            )}
        </article>
      )}
    </>
  );
}

function backName(state: GoMailState): string {
  const list = listView(state);
  return `Back to ${list.folder.startsWith("label:") ? titleOf(list) : titleOf(list).toLowerCase()}`;
}

function Letter(
  { state, mail, children }: { readonly state: GoMailState; readonly mail: Email; readonly children?: JSX.Element },
): JSX.Element {
  const to = [...mail.to, ...mail.cc].map((address) => nameOf(state, address)).join(", ");
  return (
    <section class="letter" aria-label={`Message from ${mail.from}`}>
      <div class="letter-head across">
        <Avatar name={mail.from} />
        <div class="letter-who">
          <div>
            <b>{mail.from}</b> <span class="quiet">{`<${mail.fromAddress}>`}</span>
          </div>
          <div class="quiet">{`to ${to}`}</div>
        </div>
        <span class="quiet">{longDate(mail)}</span>
        {children}
      </div>
      <div class="letter-body">{mail.content.split("\n\n").map((text, i) => <p key={i}>{text}</p>)}</div>
      {mail.attachments?.map((name) => (
        <div key={name} class="attachment">
          <Icon name="attach" />
          {name}
        </div>
      ))}
    </section>
  );
}

function ReplyBox({ state, dispatch, reply }: Props & { readonly reply: Reply }): JSX.Element {
  return (
    <section id="reply" class="reply" aria-label="Reply">
      <div class="quiet">{`To: ${[...reply.to, ...reply.cc].map((a) => nameOf(state, a)).join(", ")}`}</div>
      <TextArea
        id="reply-body"
        name="Reply message"
        placeholder="Write your reply"
        value={reply.body}
        onInput={(text) => dispatch({ type: "reply-input", text })}
      />
      <div class="reply-foot across">
        <Button name="Send" icon="send" kind="primary" onClick={() => dispatch({ type: "send-reply" })} />
        <Button name="Discard reply" icon="trash" onClick={() => dispatch({ type: "discard-reply" })} />
      </div>
    </section>
  );
}
