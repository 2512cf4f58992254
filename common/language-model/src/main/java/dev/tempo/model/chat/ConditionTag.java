package dev.tempo.model.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ElseIfTag;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;

/** Jinja's if statement with Python's idea of truth; a break or continue in it ends it at once. */
final class ConditionTag extends IfTag {
    private static final long serialVersionUID = 1;

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
        ChatInterpreter chat = (ChatInterpreter) interpreter;
        StringBuilder text = new StringBuilder();
        boolean rendering = isPositiveIfElseNode(tag, chat);
        for (Node node : tag.getChildren()) {
            boolean alternative = node instanceof TagNode other
                    && (other.getName().equals(ElseIfTag.TAG_NAME)
                            || other.getName().equals(ElseTag.TAG_NAME));
            if (alternative && rendering) {
                break;
            } else if (alternative) {
                TagNode other = (TagNode) node;
                rendering = other.getName().equals(ElseTag.TAG_NAME) || isPositiveIfElseNode(other, chat);
            } else if (rendering) {
                text.append(node.render(chat).getValue());
                chat.limit(text.length(), node.getLineNumber());
                if (chat.getContext().get(ForTag.LOOP) instanceof Loop loop && loop.isContinued()) {
                    break;
                }
            }
        }
        return text.toString();
    }

    @Override
    public boolean isPositiveIfElseNode(TagNode tag, JinjavaInterpreter interpreter) {
        return Python.truth(interpreter.resolveELExpression(tag.getHelpers(), tag.getLineNumber()));
    }
}
