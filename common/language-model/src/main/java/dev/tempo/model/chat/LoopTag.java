package dev.tempo.model.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter.InterpreterScopeClosable;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jinja's for statement: a scope of its own for every pass, a filter behind {@code if}, an else block. */
final class LoopTag extends ForTag {
    private static final long serialVersionUID = 1;
    private static final Pattern HEAD =
            Pattern.compile("^\\s*\\(?\\s*([\\w,\\s]+?)\\s*\\)?\\s+in\\s+(.*)$", Pattern.DOTALL);

    @Override
    public String interpretUnchecked(TagNode tag, JinjavaInterpreter interpreter) {
        ChatInterpreter chat = (ChatInterpreter) interpreter;
        Matcher head = HEAD.matcher(tag.getHelpers());
        if (!head.matches()) {
            throw chat.error("'for" + tag.getHelpers() + "' is no 'for … in …'", tag.getLineNumber());
        }
        List<String> names =
                Arrays.stream(head.group(1).split(",", -1)).map(String::strip).toList();
        LoopHead parts = chat.loopHead(head.group(2), tag.getLineNumber());
        List<@Nullable Object> items = chat.elements(parts.items(), tag.getLineNumber());
        if (parts.condition() != null) {
            items = chosen(items, names, parts.condition(), tag, chat);
        }
        StringBuilder text = new StringBuilder();
        try (InterpreterScopeClosable outer = chat.enterScope()) {
            Object enclosing = chat.getContext().get(LOOP);
            Loop loop = new Loop(items, enclosing instanceof Loop around ? around.level() + 1 : 0);
            while (loop.hasNext()) {
                chat.count(tag.getLineNumber());
                try (InterpreterScopeClosable pass = chat.enterScope()) {
                    bind(names, loop.next(), tag, chat);
                    chat.getContext().put(LOOP, loop);
                    render(tag, chat, loop, text);
                }
            }
            if (items.isEmpty()) {
                renderElse(tag, chat, text);
            }
        }
        return text.toString();
    }

    private static List<@Nullable Object> chosen(
            List<@Nullable Object> items, List<String> names, Expression condition, TagNode tag, ChatInterpreter chat) {
        List<@Nullable Object> chosen = new ArrayList<>();
        for (Object item : items) {
            try (InterpreterScopeClosable scope = chat.enterScope()) {
                bind(names, item, tag, chat);
                if (Python.truth(chat.evaluate(condition, tag.getLineNumber()))) {
                    chosen.add(item);
                }
            }
        }
        return chosen;
    }

    private static void bind(List<String> names, @Nullable Object item, TagNode tag, ChatInterpreter chat) {
        if (names.size() == 1) {
            chat.getContext().put(names.get(0), item);
            return;
        }
        List<@Nullable Object> parts = chat.elements(item, tag.getLineNumber());
        if (parts.size() != names.size()) {
            throw chat.error("cannot unpack " + parts.size() + " values into " + names, tag.getLineNumber());
        }
        for (int i = 0; i < parts.size(); i++) {
            chat.getContext().put(names.get(i), parts.get(i));
        }
    }

    private static void render(TagNode tag, ChatInterpreter chat, Loop loop, StringBuilder text) {
        for (Node node : tag.getChildren()) {
            if (isElse(node)) {
                return;
            }
            text.append(node.render(chat).getValue());
            chat.limit(text.length(), node.getLineNumber());
            if (loop.isContinued()) {
                return;
            }
        }
    }

    private static void renderElse(TagNode tag, ChatInterpreter chat, StringBuilder text) {
        boolean behind = false;
        for (Node node : tag.getChildren()) {
            if (behind) {
                text.append(node.render(chat).getValue());
            }
            behind |= isElse(node);
        }
    }

    private static boolean isElse(Node node) {
        return node instanceof TagNode tag && tag.getName().equals(ElseTag.TAG_NAME);
    }

    /**
     * What is looped over.
     *
     * @param condition which items are left in; null for all
     */
    record LoopHead(@Nullable Object items, @Nullable Expression condition) {}
}
