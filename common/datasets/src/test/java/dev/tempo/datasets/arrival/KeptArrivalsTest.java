package dev.tempo.datasets.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptArrivalsTest {
    private final KeptArrivals<String> kept = new KeptArrivals<>(3, 10);

    @Test
    void whereThereAreTooManyTheOldestGoes() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            kept.put(id, 1, "content of " + id);
        }
        assertThat(kept.all()).containsExactly("content of b", "content of c", "content of d");
        assertThat(kept.find("a")).isEmpty();
    }

    @Test
    void whatComesAgainIsTheNewest() {
        kept.put("a", 1, "first");
        kept.put("b", 1, "b");
        kept.put("a", 1, "second");
        assertThat(kept.all()).containsExactly("b", "second");
        kept.put("c", 1, "c");
        kept.put("d", 1, "d");
        assertThat(kept.find("a")).contains("second");
        assertThat(kept.find("b")).isEmpty();
    }

    @Test
    void longTextsCountByTheirCharacters() {
        kept.put("a", 6, "a");
        kept.put("b", 4, "b");
        assertThat(kept.all()).hasSize(2);
        kept.put("c", 5, "c");
        assertThat(kept.all()).containsExactly("b", "c");
        kept.put("b", 1, "b again");
        kept.put("d", 4, "d");
        assertThat(kept.all()).as("1 + 5 + 4 characters").containsExactly("c", "b again", "d");
    }

    @Test
    void whatIsDeletedMakesRoom() {
        kept.put("a", 9, "a");
        kept.remove("a");
        kept.remove("a");
        kept.put("b", 9, "b");
        kept.put("c", 1, "c");
        assertThat(kept.all()).containsExactly("b", "c");
        kept.clear();
        assertThat(kept.all()).isEmpty();
        kept.put("d", 10, "d");
        assertThat(kept.find("d")).contains("d");
    }
}
