using Microsoft.Extensions.Logging.Abstractions;
using VoiceOrdering.Api.Hosting;
using VoiceOrdering.Api.Identity;
using VoiceOrdering.Api.Tests.Hosting;
using VoiceOrdering.Silo.Audit;
using VoiceOrdering.Silo.Identity;
using VoiceOrdering.Silo.Storage;

namespace VoiceOrdering.Api.Tests.Identity;

public sealed class RevocationViewTests : IDisposable
{
    private readonly MovedClock _clock = new();
    private readonly BreakableStore _store = new();
    private readonly RevocationView _view;

    public RevocationViewTests() => _view = new RevocationView(_store, new ApiLimits(), _clock, NullLogger<RevocationView>.Instance);

    public void Dispose() => _view.Dispose();

    [Fact]
    public async Task What_was_issued_up_to_a_revocation_is_void_and_later_tokens_are_not()
    {
        var at = _clock.GetUtcNow();
        _store.Rows.Add(new Revocation("sub:ann", at));
        (await _view.TryReloadAsync(default)).ShouldBeTrue();
        _view.IsRevoked("ann", "fam_1", at).ShouldBeTrue();
        _view.IsRevoked("ann", "fam_1", at.AddMilliseconds(1)).ShouldBeFalse();
        _view.IsRevoked("bob", "fam_1", at).ShouldBeFalse();
        _store.Rows.Add(new Revocation("fam:fam_1", at));
        (await _view.TryReloadAsync(default)).ShouldBeTrue();
        _view.IsRevoked("bob", "fam_1", at.AddHours(1)).ShouldBeTrue("a log-in never begins again");
    }

    [Fact]
    public async Task When_the_store_does_not_answer_the_view_grows_stale_and_streams_end()
    {
        (await _view.TryReloadAsync(default)).ShouldBeTrue();
        var ended = 0;
        using var watch = _view.WhenRevoked("ann", "fam_1", _clock.GetUtcNow(), () => ended++);
        _store.IsBroken = true;
        _clock.Advance(TimeSpan.FromSeconds(4));
        (await _view.TryReloadAsync(default)).ShouldBeFalse();
        (_view.IsStale, ended).ShouldBe((false, 0), "young enough");
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await _view.TryReloadAsync(default)).ShouldBeFalse();
        (_view.IsStale, ended).ShouldBe((true, 1));
        _store.IsBroken = false;
        (await _view.TryReloadAsync(default)).ShouldBeTrue();
        _view.IsStale.ShouldBeFalse();
    }

    [Fact]
    public async Task A_watch_ends_with_its_token_only_and_also_when_that_was_just_before()
    {
        var ended = new List<string>();
        using var ann = _view.WhenRevoked("ann", "fam_1", _clock.GetUtcNow(), () => ended.Add("ann"));
        using var bob = _view.WhenRevoked("bob", "fam_2", _clock.GetUtcNow(), () => ended.Add("bob"));
        _store.Rows.Add(new Revocation("fam:fam_1", _clock.GetUtcNow()));
        (await _view.TryReloadAsync(default)).ShouldBeTrue();
        ended.ShouldBe(["ann"]);
        using var late = _view.WhenRevoked("ann", "fam_1", _clock.GetUtcNow(), () => ended.Add("late"));
        ended.ShouldBe(["ann", "late"]);
    }

    private sealed class BreakableStore : ITokenStore
    {
        public List<Revocation> Rows { get; } = [];

        public bool IsBroken { get; set; }

        public Task<IReadOnlyList<Revocation>> ListRevokedAsync(DateTimeOffset since, CancellationToken cancellationToken) => IsBroken
            ? Task.FromException<IReadOnlyList<Revocation>>(new StorageException(StorageErrorCodes.Unavailable, "Broken by the test."))
            : Task.FromResult<IReadOnlyList<Revocation>>([.. Rows.Where(row => row.At >= since)]);

        public Task PurgeAsync(DateTimeOffset revokedBefore, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> AddAsync(StoredRefreshToken token, int most, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RefreshResult> RotateAsync(RefreshSwap swap, string from, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RevokeFamilyAsync(string family, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
