package dev.tempo.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.ApiListing;
import org.junit.jupiter.api.Test;

/** The listing api.txt of what others can compile against in this artifact: a change of it is seen in review. */
class PublishedApiTest {

    @Test
    void theListingSaysWhatIsPublic() {
        ApiListing api = new ApiListing("common/plugin-api", Judge.class);

        assertThat(api.now()).as(api.advice()).containsExactlyElementsOf(api.kept());
    }
}
