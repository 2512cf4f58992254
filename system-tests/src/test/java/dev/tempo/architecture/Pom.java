package dev.tempo.architecture;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module's pom.xml.
 *
 * @param modules names of its modules' directories
 * @param dependencies its own, not those that it manages for others
 */
record Pom(List<String> modules, List<Dependency> dependencies) {

    /** One dependency; scope is empty where none is written. */
    record Dependency(String group, String artifact, String scope) {}

    /** @param module its directory; empty for the project's */
    static Pom of(String module) {
        try {
            Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Project.file(module).resolve("pom.xml").toFile())
                    .getDocumentElement();
            return new Pom(
                    elements(project, "module").map(Element::getTextContent).toList(),
                    elements(project, "dependency")
                            .filter(dependency -> dependency.getParentNode().getParentNode() == project)
                            .map(Pom::dependency)
                            .toList());
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new AssertionError("pom.xml of '" + module + "' cannot be read", unreadable);
        }
    }

    private static Dependency dependency(Element written) {
        return new Dependency(text(written, "groupId"), text(written, "artifactId"), text(written, "scope"));
    }

    private static String text(Element element, String child) {
        return elements(element, child)
                .filter(found -> found.getParentNode() == element)
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> elements(Element below, String name) {
        NodeList found = below.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
