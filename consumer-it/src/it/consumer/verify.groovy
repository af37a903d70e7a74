// The two consumers without Micrometer print what the README says.
def expected = new File(basedir, 'expected.txt').getText('UTF-8').trim()
def printed = new File(basedir, 'build.log').getText('UTF-8')
def times = printed.split(java.util.regex.Pattern.quote(expected), -1).length - 1
assert times == 2 : "the README's result was printed ${times} times, not once by each consumer"
assert printed.contains('metered: 1 local answers') : 'Micrometer was not told on the module path'
['openai-java', 'langchain4j', 'spring-ai'].each { client ->
    assert printed.contains("${client}: REMOTE") : "no model answered through ${client}"
}
