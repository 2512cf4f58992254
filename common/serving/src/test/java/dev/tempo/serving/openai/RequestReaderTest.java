package dev.tempo.serving.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static Asked chat(String fields) {
        return new ChatReader()
                .read(("{\"model\":\"m\"," + fields.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static Asked completion(String fields) {
        return new CompletionReader()
                .read(("{\"model\":\"m\"," + fields.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static ApiException refusal(String fields) {
        return catchThrowableOfType(ApiException.class, () -> chat(HELLO + "," + fields));
    }

    @Test
    void aFieldThatSaysNullIsAsGoodAsNotThere() {
        // what a client has of an answer it sends back as it is
        Asked asked = chat("'messages':[{'role':'user','content':'hi'},"
                + "{'role':'assistant','content':'ho','annotations':null,'audio':null},"
                + "{'role':'user','content':'and?'}],'service_level':null");

        assertThat(asked.n()).isOne();
        assertThat(refusal("'service_level':'high'").getMessage()).contains("service_level");
    }

    @Test
    void whatIsNotSaidIsWhatTheApiSaysItIs() {
        Asked asked = chat(HELLO);
        assertThat(asked)
                .extracting(Asked::n, Asked::temperature, Asked::topP, Asked::topK, Asked::minP, Asked::stream)
                .containsExactly(1, 1.0, 1.0, 0, 0.0, false);
        assertThat(asked.limit().tokens()).isEmpty();
        assertThat(asked.seed()).isNull();
        assertThat(completion("'prompt':'a'").limit().tokens()).hasValue(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'temperature':2.1                        | temperature
        'temperature':'hot'                      | temperature
        'top_p':0                                | top_p
        'top_p':1.01                             | top_p
        'top_k':1.5                              | top_k
        'top_k':-2                               | top_k
        'min_p':-0.1                             | min_p
        'n':0                                    | n
        'n':129                                  | n
        'n':true                                 | n
        'seed':1.5                               | seed
        'seed':9223372036854775808               | seed
        'max_tokens':0                           | max_tokens
        'max_completion_tokens':-1               | max_completion_tokens
        'max_tokens':3,'max_completion_tokens':4 | max_tokens
        'stop':['a','b','c','d','e']             | stop
        'stop':''                                | stop
        'stop':[1]                               | stop
        'top_logprobs':3                         | top_logprobs
        'logprobs':3                             | logprobs
        'logprobs':true,'top_logprobs':21        | top_logprobs
        'stream':'yes'                           | stream
        'stream_options':{'include_usage':true}  | stream_options
        'stream':true,'stream_options':{'usage':true} | stream_options.usage
        'stream':true,'stream_options':{'include_obfuscation':true} | stream_options.include_obfuscation
        'presence_penalty':0.5                   | presence_penalty
        'frequency_penalty':-1                   | frequency_penalty
        'logit_bias':{'5':100}                   | logit_bias
        'response_format':{'type':'json_object'} | response_format
        'tools':[{'type':'web_search'}]          | tools
        'tools':{}                               | tools
        'tool_choice':'required'                 | tool_choice
        'tool_choice':'auto'                     | tool_choice
        'reasoning_effort':'high'                | reasoning_effort
        'modalities':['text','audio']            | modalities
        'functions':[]                           | functions
        'chat_template_kwargs':{'messages':[]}   | chat_template_kwargs.messages
        'chat_template_kwargs':3                 | chat_template_kwargs
        'repetition_penalty':1.1                 | repetition_penalty
        'best_of':2                              | best_of
        """)
    void aFieldThatIsNotUnderstoodIsRefusedByName(String fields, String param) {
        ApiException refusal = refusal(fields);
        assertThat(refusal).as(fields).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body().path("error").path("param").asString()).isEqualTo(param);
        assertThat(refusal.body().path("error").path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(refusal.getMessage()).contains(param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'user':'u','store':false,'metadata':{'a':'b'},'safety_identifier':'x','prompt_cache_key':'k'",
                "'service_tier':'auto','response_format':{'type':'text'},'parallel_tool_calls':true,'modalities':['text']",
                "'presence_penalty':0,'frequency_penalty':0.0,'logit_bias':{},'top_k':-1,'n':null,'seed':null",
                "'stream':true,'stream_options':{'include_usage':true,'include_obfuscation':false}",
                "'stop':null,'tools':null,'tool_choice':'none','max_tokens':4,'max_completion_tokens':4"
            })
    void whatChangesNothingIsAccepted(String fields) {
        assertThat(chat(HELLO + "," + fields).n()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        'messages':[]                                                          | messages
        'messages':['hi']                                                      | messages[0]
        'messages':[{'role':'user'}]                                           | messages[0].content
        'messages':[{'content':'hi'}]                                          | messages[0].role
        'messages':[{'role':'robot','content':'hi'}]                           | messages[0].role
        'messages':[{'role':'user','content':'hi','mood':'good'}]              | messages[0].mood
        'messages':[{'role':'user','content':[{'type':'image_url'}]}]          | messages[0].content[0].type
        'messages':[{'role':'user','content':[{'type':'text','text':1}]}]      | messages[0].content[0].text
        'messages':[{'role':'tool','content':'4'}]                             | messages[0].tool_call_id
        'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f','arguments':'{'}}]}] | messages[0].tool_calls[0].function.arguments
        """)
    void aMessageThatIsNotUnderstoodIsRefusedByItsPlace(String messages, String param) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> chat(messages));
        assertThat(refusal.body().path("error").path("param").asString()).isEqualTo(param);
    }

    @Test
    void partsOfTextAreOneTextAndADeveloperIsTheSystem() {
        Asked.Chat prompt = (Asked.Chat) chat("'messages':[{'role':'developer','content':'be brief'},"
                        + "{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]")
                .prompt();
        assertThat(prompt.variables().get("messages"))
                .isEqualTo(List.of(
                        Map.of("role", "system", "content", "be brief"), Map.of("role", "user", "content", "ab")));
        assertThat(prompt.question()).isNull();
    }

    @Test
    void argumentsOfCallsReachTheTemplateAsObjects() {
        String body = """
            {"model": "m", "messages": [
              {"role": "user", "content": "2+2?"},
              {"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\\"a\\": 2}"}}]},
              {"role": "tool", "tool_call_id": "c1", "content": "4"}]}
            """;
        Asked.Chat prompt = (Asked.Chat)
                new ChatReader().read(body.getBytes(StandardCharsets.UTF_8)).prompt();
        assertThat(prompt.variables().get("messages"))
                .asString()
                .contains("function={name=add, arguments={a=2}}", "tool_call_id=c1");
    }

    @Test
    void toolsReachTheTemplateUnlessNoneIsToBeCalled() {
        String tools =
                HELLO + ",'tools':[{'type':'function','function':{'name':'add','parameters':{'type':'object'}}}]";
        assertThat(((Asked.Chat) chat(tools).prompt()).variables().get("tools"))
                .isEqualTo(List.of(Map.of(
                        "type",
                        "function",
                        "function",
                        Map.of("name", "add", "parameters", Map.of("type", "object")))));
        assertThat(((Asked.Chat) chat(tools + ",'tool_choice':'none'").prompt()).variables())
                .containsEntry("tools", null);
    }

    @Test
    void aCompletionTakesTextsOrTokens() {
        assertThat(completion("'prompt':['a','b'],'n':3").answers()).isEqualTo(6);
        assertThat(completion("'prompt':[5,6]").prompt()).isEqualTo(new Asked.Tokens(List.of(List.of(5, 6))));
        assertThat(completion("'prompt':[[5],[6]]").prompt().count()).isEqualTo(2);
        for (String wrong :
                List.of("", "'prompt':[]", "'prompt':[[]]", "'prompt':[-1]", "'prompt':['a',1]", "'prompt':3")) {
            String fields = wrong.isEmpty() ? "'n':1" : wrong;
            assertThatThrownBy(() -> completion(fields))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("prompt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"model\":", "{\"model\":\"a\",\"model\":\"b\"}", "\"hi\"", "\u0000"})
    void whatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> new ChatReader().read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("JSON");
    }
}
