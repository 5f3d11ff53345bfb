/** What the service says to programs beside people, its addresses in brackets, is left out on the screen. */
export const inPlainWords = (text: string): string =>
  text.replace(/ ?[（(][^（）()]*\b(?:GET|POST|PUT|DELETE) \/[^（）()]*(?:\([^()]*\)[^（）()]*)?[）)]/g, '');
