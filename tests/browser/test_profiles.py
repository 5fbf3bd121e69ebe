"""A profile that tests share keeps nothing of a test but what makes the next page open sooner."""

from tests.browser.profiles import WarmProfiles

STORE = """async () => {
  document.cookie = "left=behind";
  localStorage.setItem("left", "behind");
  await (await caches.open("left")).put("/left", new Response("behind"));
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open("left");
    opening.onsuccess = () => { opening.result.close(); resolve(); };
    opening.onerror = reject;
  });
}"""
STORED = """async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage),
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
})"""
FETCHED = """() => performance.getEntriesByType("resource")
  .filter(({ name, deliveryType }) => name.endsWith(".js") && deliveryType !== "cache")
  .map(({ name }) => name)"""


def visited(profiles: WarmProfiles) -> tuple[list[str], str, str]:
    """Modules that a visit fetches anew, what it finds stored, and what is stored when it leaves."""
    profile = profiles.borrow()
    page = profile.context.new_page()
    page.goto("/optimizers", wait_until="load")
    fetched = page.evaluate(FETCHED)
    found = page.evaluate(STORED)
    page.evaluate(STORE)
    stored = page.evaluate(STORED)
    profiles.give_back(profile, sound=True)
    return fetched, str(found), str(stored)


def test_the_next_visit_finds_the_code_in_the_cache_and_nothing_stored(
    warm_profiles: WarmProfiles,
) -> None:
    _, _, stored = visited(warm_profiles)
    fetched, found, _ = visited(warm_profiles)
    assert stored.count("left") == 4
    assert "left" not in found
    assert fetched == []
