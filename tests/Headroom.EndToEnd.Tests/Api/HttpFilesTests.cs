using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>The files under <c>docs/http</c>, run in their order against a real server.</summary>
public sealed class HttpFilesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly TimeSpan History = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_answers_a_status_that_it_states_and_that_is_described()
    {
        var document = ApiDocument.CheckedIn();
        await using var feeder = await Feeder.StartAsync(database, "http-files", History, Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient();
        var wrong = new List<string>();
        foreach (var file in HttpFile.All())
        {
            var run = new HttpFileRun(file, web.Address);
            foreach (var request in file.Requests)
            {
                var answer = await run.SendAsync(client, request, Cancellation);
                wrong.AddRange(Complaints(document, request, run.AddressOf(request).AbsolutePath, answer).Select(complaint => $"{file.Name}, {request.Title}: {complaint}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_operation_has_a_request()
    {
        var asked = HttpFile.All().SelectMany(file => file.Requests.Select(request => (request.Method, Path: PathOf(request)))).ToArray();
        var missing = ApiDocument.CheckedIn().Operations.Where(operation => !asked.Any(request => operation.Answers(request.Method, request.Path)));
        Assert.Equal([], missing.Select(operation => operation.ToString()));
    }

    private static IEnumerable<string> Complaints(ApiDocument document, HttpFileRequest request, string path, HttpFileAnswer answer)
    {
        if (!request.Statuses.Contains(answer.Status))
        {
            yield return $"stated {string.Join(" or ", request.Statuses)}, answered {answer.Status}: {answer.Body}";
        }

        if (document.Operations.FirstOrDefault(operation => operation.Answers(request.Method, path)) is not { } operation)
        {
            yield return $"there is no operation {request.Method} {path} in {ApiDocument.FileName}";
            yield break;
        }

        if (!operation.Element.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
        {
            yield return $"{operation} answered {answer.Status}, which is not described";
        }
        else if (answer.ContentType == "application/problem+json")
        {
            var type = JsonDocument.Parse(answer.Body).RootElement.GetProperty("type").GetString();
            if (!response.GetProperty("description").GetString()!.Contains($"`{type}`", StringComparison.Ordinal))
            {
                yield return $"{operation} answered {answer.Status} with the problem {type}, which is not described";
            }
        }
    }

    private static string PathOf(HttpFileRequest request) => request.Address.Replace("{{server}}", "", StringComparison.Ordinal).Split('?')[0];
}
