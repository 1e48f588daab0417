using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Tests.Hosting;

namespace VoiceOrdering.Api.Tests.Identity;

/// <summary>
/// Every route of the running program, asked by every role of the restaurant, by a stranger, by an operator and by the owner of another restaurant. The answers are in
/// tenancy-matrix.approved.txt, to be read and approved by people: a new route is missing there and fails. <c>VO_APPROVE=1</c> writes the file anew.
/// </summary>
public sealed partial class TenancyMatrixTests : IAsyncLifetime
{
    private static readonly string[] s_roles = ["owner", "manager", "staff", "kitchen", "ordering", "reporting"];
    private static readonly string[] s_namingInBodies = ["/look-up", "/void"];
    private readonly CountedGrainCalls _grainCalls = new();
    private ApiHost _host = null!;
    private TenancyResources _own = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new ApiHostOptions
        {
            Services = services => services.AddSingleton<IIncomingGrainCallFilter>(_grainCalls),
            Limits = new Dictionary<string, int> { ["RequestBurst"] = 100_000, ["RequestsPerSecond"] = 100_000, ["AnonymousRequestBurst"] = 100_000, ["AnonymousRequestsPerSecond"] = 100_000 },
        });
        _own = new TenancyResources(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_route_answers_every_role_as_approved()
    {
        var text = new StringBuilder("# route: role=status CODE; what all roles of one line share is written once\n");
        foreach (var (method, pattern) in Routes())
        {
            text.Append('\n').Append(method).Append(' ').Append(pattern).Append('\n');
            var ids = await _own.CreateAsync(pattern);
            foreach (var (name, client) in Clients(TenancyResources.OwnerSubject))
            {
                ids = method == "GET" ? ids : await _own.CreateAsync(pattern);
                var answer = await TenancyAnswer.OfAsync(client, method, Fill(pattern, ids), ids);
                text.Append("  ").Append(name).Append('=').Append(pattern.EndsWith("/messages", StringComparison.Ordinal) && answer.IsLetInToTheModel ? "let in" : answer.Brief).Append('\n');
                if (name is "stranger" or "foreign owner")
                {
                    ids.All.ShouldAllBe(id => !answer.Text.Contains(id, StringComparison.Ordinal), $"{name} {method} {pattern}: {answer.Text}");
                    answer.Text.ShouldNotContain("Harbor Burger", Case.Insensitive, $"{name} {method} {pattern}");
                }
            }
        }

        Approved.Check("tenancy-matrix.approved.txt", text.ToString());
    }

    [Fact]
    public async Task What_belongs_to_others_is_answered_as_what_does_not_exist()
    {
        var foreign = Clients(TenancyResources.OwnerSubject).Single(client => client.Name == "foreign owner").Client;
        var number = 0;
        foreach (var (method, pattern) in Routes().Where(route => route.Pattern.Contains('{', StringComparison.Ordinal) || s_namingInBodies.Any(end => route.Pattern.EndsWith(end, StringComparison.Ordinal))))
        {
            var ids = await _own.CreateAsync(pattern);
            number++;
            var theirs = await TenancyAnswer.OfAsync(foreign, method, Fill(pattern, ids), ids, $"theirs-{number}");
            var nobodys = await TenancyAnswer.OfAsync(foreign, method, Fill(pattern, TenancyResources.MadeUp()), TenancyResources.MadeUp(), $"nobodys-{number}");

            nobodys.Anonymous.ShouldBe(theirs.Anonymous, $"{method} {pattern}");
            _grainCalls.Of($"nobodys-{number}").ShouldBe(_grainCalls.Of($"theirs-{number}"), $"grain calls of {method} {pattern}: a difference could be timed");
        }
    }

    private IEnumerable<(string Method, string Pattern)> Routes() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true)
        .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, Pattern: route.RoutePattern.RawText!)))
        .OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal);

    private IEnumerable<(string Name, ApiClient Client)> Clients(string ownerSubject)
    {
        yield return ("stranger", _host.Stranger);
        yield return ("foreign owner", _host.With("foreign:owner", "demo-pizza", [.. Roles.ScopesOf("owner")!]));
        yield return ("operator", _host.With("test:operator", null, [.. Roles.ScopesOf("operator")!]));
        foreach (var role in s_roles.Reverse())
        {
            yield return (role, _host.With(role == "owner" ? ownerSubject : $"test:{role}", "demo-burger", [.. Roles.ScopesOf(role)!]));
        }
    }

    private static string Fill(string pattern, TenancyIds ids) => Parameter().Replace(pattern, match => ids.Of(match.Groups[1].Value));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
