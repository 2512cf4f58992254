package dev.tempo.messaging.succession;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;

/** The members of all groups as the broker knows them: a member that has not been heard of for too long is none any more. */
public final class GroupMembers {
    private static final Set<GroupState> WITH_MEMBERS = Set.of(
            GroupState.STABLE,
            GroupState.PREPARING_REBALANCE,
            GroupState.COMPLETING_REBALANCE,
            GroupState.ASSIGNING,
            GroupState.RECONCILING);

    private final Admin admin;

    public GroupMembers(Admin admin) {
        this.admin = admin;
    }

    /**
     * The client ids of all members, which begin with their services' names; empty if the broker does not answer.
     *
     * @param patience with each of the broker's answers
     */
    public Optional<List<String>> clients(Duration patience) {
        return AdminQuestions.ask(patience, questions -> {
            Collection<GroupListing> groups =
                    questions.answer(admin.listGroups(new ListGroupsOptions().inGroupStates(WITH_MEMBERS))
                            .all());
            Stream<String> consumers =
                    questions
                            .answer(admin.describeConsumerGroups(named(groups, false))
                                    .all())
                            .values()
                            .stream()
                            .flatMap(group -> group.members().stream())
                            .map(MemberDescription::clientId);
            Stream<String> workers =
                    questions
                            .answer(admin.describeShareGroups(named(groups, true))
                                    .all())
                            .values()
                            .stream()
                            .flatMap(group -> group.members().stream())
                            .map(ShareMemberDescription::clientId);
            return Stream.concat(consumers, workers).toList();
        });
    }

    static List<String> named(Collection<GroupListing> groups, boolean share) {
        return groups.stream()
                .filter(group ->
                        share == group.type().filter(GroupType.SHARE::equals).isPresent())
                .map(GroupListing::groupId)
                .toList();
    }
}
